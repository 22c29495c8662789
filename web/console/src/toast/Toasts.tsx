import { CircleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";

import { words } from "./en.ts";
import { dismissToast, TOAST_LASTS_MS, type Toast, useToasts } from "./toast.ts";
import "./toast.css";

/** What just happened, for some seconds; longer while the pointer or the focus is on it. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section className="toasts" aria-label={words.label}>
      {/* Announced as they come; the region itself stays, or screen readers would miss the first. */}
      <ul className="toasts__list" aria-live="polite">
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismissToast(toast.id), TOAST_LASTS_MS);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id]);
  return (
    <li
      className={`toast toast--${toast.tone}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.tone === "problem" && <CircleAlert className="toast__icon" size={15} aria-hidden="true" />}
      <span className="toast__text">{toast.text}</span>
      {toast.action !== null && (
        <button
          type="button"
          className="toast__action"
          aria-keyshortcuts={toast.action.isUndo ? "z" : undefined}
          onClick={() => {
            dismissToast(toast.id);
            toast.action?.run();
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        className="toast__dismiss"
        aria-label={words.dismiss}
        onClick={() => dismissToast(toast.id)}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </li>
  );
}
