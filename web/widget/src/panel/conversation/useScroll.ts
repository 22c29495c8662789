import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

const NEAR_PX = 80;
const OLDER_PX = 240;

interface ScrollOptions {
  /** First and last message: what grew, and where. */
  first: string | undefined;
  last: string | undefined;
  /** Our own last one always comes into view. */
  lastIsOurs: boolean;
  loadOlder: () => void;
}

/**
 * Stays at the end while the reader is there; elsewhere leaves them where they read: earlier messages above, and new
 * ones below, move nothing.
 */
export function useScroll({ first, last, lastIsOurs, loadOlder }: ScrollOptions) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef({ first, last, height: 0, top: 0 });
  const atEnd = useSignal(true);

  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
    atEnd.value = true;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: measured before and after the messages change, nothing else.
  useLayoutEffect(() => {
    const element = box.current;
    const was = before.current;
    if (!element) return;
    const prepended = was.first !== undefined && first !== was.first && last === was.last;
    if (prepended) element.scrollTop = was.top + element.scrollHeight - was.height;
    else if (last !== was.last && (lastIsOurs || atEnd.value)) toEnd();
    before.current = { first, last, height: element.scrollHeight, top: element.scrollTop };
  }, [first, last]);

  // A picture that loads, or a keyboard that opens, must not push the end out of view.
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      if (atEnd.value) element.scrollTop = element.scrollHeight;
      before.current.height = element.scrollHeight;
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [atEnd]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    before.current.top = element.scrollTop;
    before.current.height = element.scrollHeight;
    atEnd.value = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    if (element.scrollTop < OLDER_PX) loadOlder();
  };

  return { box, atEnd: atEnd.value, toEnd, onScroll };
}
