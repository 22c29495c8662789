import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

import { copyText } from "../app/copy.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";

const SAID_FOR_MS = 2_000;

interface CopyableProps {
  /** What it is, for those who do not see it. */
  label: string;
  text: string;
  isLong?: boolean;
}

/** Text to take elsewhere. */
export function Copyable({ label, text, isLong = false }: CopyableProps) {
  return (
    <div className={`copyable ${isLong ? "copyable--long" : ""}`}>
      {isLong ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="copyable__text" aria-label={label} tabIndex={0}>
          <pre>{text}</pre>
        </section>
      ) : (
        <code className="copyable__text">{text}</code>
      )}
      <CopyButton label={label} text={text} />
    </div>
  );
}

function CopyButton({ label, text }: { label: string; text: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    if (await copyText(text)) setCopied(true);
    else showToast(words.copyFailed, { tone: "problem" });
  };
  return (
    <button type="button" className="button copyable__button" onClick={() => void copy()}>
      {isCopied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      {isCopied ? words.copied : words.copy}
      <span className="sr-only">: {label}</span>
    </button>
  );
}
