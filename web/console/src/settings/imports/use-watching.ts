import { useEffect } from "react";

import { type Import, isMoving, loadImport } from "./imports.ts";

const OFTEN_MS = 1_000;
/** Nobody looks, or the server did not answer. */
const SELDOM_MS = 5_000;

/** Asks how it stands while it goes on. No event tells: hundreds of rows a second would be as many. */
export function useWatching(one: Import, onChange: (one: Import) => void): void {
  useEffect(() => {
    if (!isMoving(one)) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      loadImport(one.id).then(
        (now) => !isOver && onChange(now),
        () => !isOver && later(SELDOM_MS),
      );
    };
    const later = (ms: number) => {
      timer = setTimeout(look, ms);
    };
    later(document.hidden ? SELDOM_MS : OFTEN_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [one, onChange]);
}
