import { type RefObject, useEffect } from "react";

import { folded } from "./view.ts";

const NAME = "found";

/**
 * Marks words, which are folded, in what is drawn, by the browser's own highlights: no text is taken apart for it. Where
 * there are none, the entries are found all the same.
 */
export function useHighlight(
  ref: RefObject<HTMLElement | null>,
  words: readonly string[],
  drawn: unknown,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn is looked through anew
  useEffect(() => {
    if (typeof Highlight === "undefined") return;
    if (words.length === 0 || ref.current === null) return;
    CSS.highlights.set(NAME, new Highlight(...rangesOf(ref.current, words)));
    return () => {
      CSS.highlights.delete(NAME);
    };
  }, [ref, words, drawn]);
}

function rangesOf(element: HTMLElement, words: readonly string[]): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = folded(node.textContent ?? "");
    // Accents that were folded away moved the letters behind them: better no mark than a wrong one.
    if (text.length !== (node.textContent ?? "").length) continue;
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  return ranges;
}
