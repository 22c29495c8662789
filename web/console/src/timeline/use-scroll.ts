import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { Row } from "./rows.ts";

const NEAR_TOP_PX = 300;
const NEAR_BOTTOM_PX = 80;

interface Scroll {
  readonly ref: RefObject<HTMLElement | null>;
  readonly onScroll: () => void;
  readonly isAway: boolean;
  readonly toNewest: () => void;
}

interface Ends {
  readonly onNearTop: () => void;
  /** Given where there is more below too: then it begins at its top, and no end holds it. */
  readonly onNearBottom?: (() => void) | undefined;
  /** Whether it reads on by itself until it fills its pane. */
  readonly isFilled: boolean;
}

/** Where a timeline stands: at its newest end until the reader leaves it; what comes above does not move what they read. */
export function useScroll(
  rows: readonly Row[],
  oldest: number | null,
  { onNearTop, onNearBottom, isFilled }: Ends,
): Scroll {
  const ref = useRef<HTMLElement>(null);
  const isHeld = onNearBottom === undefined;
  const place = useRef({ isAtBottom: isHeld, fromBottom: 0, oldest });
  const [isAway, setAway] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are the reason to look where we stand
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const { isAtBottom, fromBottom } = place.current;
    if (isAtBottom) element.scrollTop = element.scrollHeight;
    // What came above moves nothing; the first that comes has nothing to move.
    else if (place.current.oldest !== null && place.current.oldest !== oldest)
      element.scrollTop = element.scrollHeight - fromBottom;
    place.current.oldest = oldest;
    place.current.fromBottom = element.scrollHeight - element.scrollTop;
  }, [rows, oldest]);

  // A timeline shorter than its pane cannot be scrolled to its top, and one that begins there not any further: ask for
  // more until it can, or is complete.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    const element = ref.current;
    if (element === null || oldest === null || !isFilled) return;
    const isShort = element.scrollHeight <= element.clientHeight + NEAR_TOP_PX;
    if (isShort || (!isHeld && element.scrollTop < NEAR_TOP_PX)) onNearTop();
  }, [rows]);

  // The composer grows, the window turns: whoever was at the end stays there.
  useEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      if (place.current.isAtBottom) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = ref.current;
    if (element === null) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    place.current.isAtBottom = isHeld && left < NEAR_BOTTOM_PX;
    place.current.fromBottom = element.scrollHeight - element.scrollTop;
    setAway(left > element.clientHeight);
    if (element.scrollTop < NEAR_TOP_PX) onNearTop();
    if (left < NEAR_TOP_PX) onNearBottom?.();
  };
  const toNewest = () => {
    const element = ref.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  };
  return { ref, onScroll, isAway, toNewest };
}
