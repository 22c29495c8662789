import { neighbour } from "./walk.ts";

/** The rows on screen in their order, and where among them the open conversation was last seen. */
let shown: readonly string[] = [];
let lastIndex = 0;

export function rememberPlace(ids: readonly string[], openIndex: number): void {
  shown = ids;
  if (openIndex >= 0) lastIndex = openIndex;
}

export function nextTo(current: string | null, step: 1 | -1): string | null {
  return neighbour(shown, current, lastIndex, step);
}
