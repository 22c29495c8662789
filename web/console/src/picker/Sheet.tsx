import { type CSSProperties, type FormEvent, type ReactNode, useLayoutEffect, useRef } from "react";

import { askToLeave, holdUnsaved } from "../navigation/leaving.ts";
import { useCloseOnBack } from "../navigation/use-close-on-back.ts";
import { offerRoom } from "./above.ts";

interface SheetProps {
  title: string;
  anchor: DOMRect | null;
  onClose: () => void;
  className?: string;
  children: ReactNode;
}

const WIDTH = 320;
const GAP = 6;

/**
 * What floats above the screen: below its button, or in the middle; from the bottom edge on a phone. The browser's own
 * modal dialog keeps the focus inside, gives it back afterwards, and closes on Escape; so does the back button. A form
 * that was begun is not thrown away by these or a press beside it without a question.
 */
export function Sheet({ title, anchor, onClose, className, children }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const begun = useRef<(() => void) | null>(null);
  // In the layout phase: closed before it leaves the page, or the browser could not give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    if (!dialog.open) dialog.showModal();
    // Where a field with the focus brings up half a screen of keyboard, the sheet itself has it until one is touched.
    if (matchMedia("(pointer: coarse)").matches) dialog.focus();
    const close = room.current === null ? null : offerRoom(room.current);
    return () => {
      close?.();
      begun.current?.();
      dialog.close();
    };
  }, []);
  const begin = ({ currentTarget, target }: FormEvent<HTMLDialogElement>) => {
    if (begun.current === null && isFilledIn(target, currentTarget)) begun.current = holdUnsaved("sheet");
  };
  const dismiss = () => {
    if (begun.current === null) onClose();
    else askToLeave(onClose, begun.current);
  };
  useCloseOnBack(dismiss);
  return (
    // A press on the dialog itself is one on the backdrop; the keyboard has Escape.
    <dialog
      ref={ref}
      tabIndex={-1}
      className={`sheet ${anchor === null ? "sheet--middle" : "sheet--anchored"} ${className ?? ""}`}
      aria-label={title}
      style={anchor === null ? undefined : placeBelow(anchor)}
      onCancel={(event) => {
        // One that lies on this one is closed by itself: React hands its events on.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        dismiss();
      }}
      onMouseDown={(event) => {
        // The second press of the double click that opened it is not one beside it.
        if (event.target === event.currentTarget && event.detail < 2) dismiss();
      }}
      onInput={begin}
    >
      <div className="sheet__body">{children}</div>
      <div ref={room} className="sheet__dock" />
    </dialog>
  );
}

/** A field of this sheet's own form. A password is quickly given again. */
function isFilledIn(target: EventTarget, dialog: HTMLDialogElement): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("dialog") === dialog &&
    target.closest("form.sheet-form") !== null &&
    target.getAttribute("type") !== "password"
  );
}

function placeBelow(anchor: DOMRect): CSSProperties {
  const left = Math.max(GAP, Math.min(anchor.left, innerWidth - WIDTH - GAP));
  const opensUp = anchor.bottom > innerHeight * 0.6;
  const place = opensUp
    ? { "--sheet-bottom": `${innerHeight - anchor.top + GAP}px`, "--sheet-room": `${anchor.top - 2 * GAP}px` }
    : {
        "--sheet-top": `${anchor.bottom + GAP}px`,
        "--sheet-room": `${innerHeight - anchor.bottom - 3 * GAP}px`,
      };
  const style: Readonly<Record<`--${string}`, string>> = { "--sheet-left": `${left}px`, ...place };
  return style as CSSProperties;
}
