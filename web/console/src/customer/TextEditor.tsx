import { Check, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

import { words } from "./en.ts";

interface TextEditorProps {
  label: string;
  value: string;
  problem: string | null;
  /** How it is typed: what the browser helps with. */
  type?: "text" | "email" | "tel" | "url" | "decimal" | "date" | "datetime-local";
  isLong?: boolean;
  onSave: (value: string) => void;
  /** What was typed is half of a date, say: the browser gives nothing for it, and nothing must not be saved. */
  onUnreadable?: () => void;
  onCancel: () => void;
  children?: ReactNode;
}

/** A value as a field, where it stood: Enter saves, Escape leaves it as it was. */
export function TextEditor({
  label,
  value,
  problem,
  type = "text",
  isLong = false,
  onSave,
  onUnreadable,
  onCancel,
  children,
}: TextEditorProps) {
  const ref = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    ref.current?.focus();
    ref.current?.select();
  }, []);
  const save = () => {
    if (ref.current?.validity.badInput === true) onUnreadable?.();
    else onSave((ref.current?.value ?? "").trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onCancel();
    // In several lines Enter is a line.
    else if (event.key === "Enter" && (!isLong || event.metaKey || event.ctrlKey)) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const field = {
    ref,
    className: "editor__field",
    "aria-label": label,
    "aria-invalid": problem !== null,
    defaultValue: value,
    autoComplete: "off",
    dir: "auto",
    onKeyDown,
  } as const;
  return (
    <div className="editor">
      <div className="editor__row">
        {isLong ? (
          <textarea {...field} rows={4} />
        ) : (
          <input {...field} {...(type === "decimal" ? { type: "text", inputMode: type } : { type })} />
        )}
        {children}
        <button
          type="button"
          className="icon-button icon-button--small"
          aria-label={words.save}
          title={words.save}
          onClick={save}
        >
          <Check size={15} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="icon-button icon-button--small"
          aria-label={words.cancel}
          title={words.cancel}
          onClick={onCancel}
        >
          <X size={15} aria-hidden="true" />
        </button>
      </div>
      {problem !== null && (
        <p className="editor__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
