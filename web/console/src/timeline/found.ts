import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** Brings what was found into sight and marks it, once it is drawn; nothing more to show: back to where one was. */
export function useFound(ref: RefObject<HTMLElement | null>, id: string | null, drawn: unknown): void {
  /** How far from the end: what is read on above moves nothing. */
  const before = useRef<number | null>(null);
  const shown = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it may come with what is drawn next
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    if (id === null) {
      if (before.current !== null) element.scrollTop = element.scrollHeight - before.current;
      before.current = null;
      shown.current = null;
      return;
    }
    const found = entryIn(element, id);
    if (found === null || shown.current === id) return;
    before.current ??= element.scrollHeight - element.scrollTop;
    shown.current = id;
    // Pages are folded; the one that was found is to be seen.
    found.querySelector(":scope > .pages")?.setAttribute("open", "");
    found.scrollIntoView?.({ block: "center" });
  }, [ref, id, drawn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    const found = id === null || ref.current === null ? null : entryIn(ref.current, id);
    found?.setAttribute("data-found", "");
    return () => found?.removeAttribute("data-found");
  }, [ref, id, drawn]);
}

function entryIn(element: HTMLElement, id: string): Element | null {
  return element.querySelector(`[data-entry~="${CSS.escape(id)}"]`);
}
