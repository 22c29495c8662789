import { type RefObject, useEffect, useRef } from "react";

/** The field that waits for the first key when a form comes up by itself: there is nothing else to do on it. */
export function useFocused(isWanted = true): RefObject<HTMLInputElement | null> {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isWanted) ref.current?.focus();
  }, [isWanted]);
  return ref;
}
