import { CornerDownLeft, Lock, Paperclip, SendHorizontal } from "lucide-react";
import { useRef } from "react";

import { modifierLabel } from "../keyboard/keys.ts";
import { addFiles } from "./composer.ts";
import type { Draft } from "./draft.ts";
import { words } from "./en.ts";

interface FootProps {
  conversation: string;
  draft: Draft;
  canSend: boolean;
  onSend: (isByKey: boolean) => void;
  onSendAndDone: () => void;
}

/** Below what is written: files, and the ways to send it. */
export function Foot({ conversation, draft, canSend, onSend, onSendAndDone }: FootProps) {
  const picker = useRef<HTMLInputElement>(null);
  const isNote = draft.kind === "note";
  const keys = `${modifierLabel()}${modifierLabel() === "⌘" ? "" : "+"}Enter`;
  return (
    <div className="composer__foot">
      <input
        ref={picker}
        className="sr-only"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          addFiles(conversation, event.target.files ?? []);
          event.target.value = "";
        }}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={words.attach}
        title={words.attach}
        onClick={() => picker.current?.click()}
      >
        <Paperclip size={16} aria-hidden="true" />
      </button>
      <span className="composer__hint">{canSend ? words.hint(keys) : ""}</span>
      {!isNote && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.sendAndDone}
          title={`${words.sendAndDone} (${modifierLabel()} Shift Enter)`}
          disabled={!canSend}
          onClick={onSendAndDone}
        >
          <CornerDownLeft size={16} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className={`button button--primary ${isNote ? "button--note" : ""}`}
        title={keys}
        disabled={!canSend}
        onClick={(event) => onSend(event.detail === 0)}
      >
        {isNote ? <Lock size={14} aria-hidden="true" /> : <SendHorizontal size={15} aria-hidden="true" />}
        {isNote ? words.sendNote : words.send}
      </button>
    </div>
  );
}
