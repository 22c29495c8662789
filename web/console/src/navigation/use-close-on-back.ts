import { useLayoutEffect, useRef } from "react";

import { closeOnBack } from "./stepping-back.ts";

/** For as long as it is on screen. */
export function useCloseOnBack(close: () => void): void {
  const latest = useRef(close);
  useLayoutEffect(() => {
    latest.current = close;
  });
  useLayoutEffect(() => closeOnBack(() => latest.current()), []);
}
