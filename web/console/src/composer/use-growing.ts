import { type RefObject, useLayoutEffect, useRef } from "react";

/** A text field that is as tall as its text; CSS sets the limits. */
export function useGrowing(text: string): RefObject<HTMLTextAreaElement | null> {
  const ref = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new text is the reason to measure
  useLayoutEffect(() => {
    const field = ref.current;
    if (field === null) return;
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight}px`;
  }, [text]);
  return ref;
}
