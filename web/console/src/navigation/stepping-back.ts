/*
 * On a phone the back button is how one closes what lies above the screen. What does closes, the uppermost first, and the
 * place below stays; the next press goes back from there.
 */

const above: (() => void)[] = [];

/** Something lies above the screen, until the returned function is called. */
export function closeOnBack(close: () => void): () => void {
  above.push(close);
  return () => {
    const at = above.lastIndexOf(close);
    if (at >= 0) above.splice(at, 1);
  };
}

/** How the uppermost is closed; null where nothing lies above. */
export function closerOfUppermost(): (() => void) | null {
  return above.at(-1) ?? null;
}
