/** A question that is asked again while things happen, and never while the answer to the last time is on its way. */
export interface InTurn {
  /** Once some time has passed; however often it is wished meanwhile, it is one time. */
  readonly soon: () => void;
  readonly now: () => void;
  /** Drops the answer that is on its way, too. */
  readonly stop: () => void;
}

export function inTurn(
  ask: (signal: AbortSignal) => Promise<void>,
  pauseMs: number | (() => number),
): InTurn {
  const pause = typeof pauseMs === "function" ? pauseMs : () => pauseMs;
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let isOld = false;

  function soon(): void {
    if (isAsking) isOld = true;
    else if (!over.signal.aborted) timer ??= setTimeout(turn, pause());
  }

  function now(): void {
    if (isAsking) isOld = true;
    else void turn();
  }

  async function turn(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    isAsking = true;
    isOld = false;
    // Whoever asks says what went wrong.
    await ask(over.signal).catch(() => undefined);
    isAsking = false;
    if (isOld) soon();
  }

  return {
    soon,
    now,
    stop: () => {
      over.abort();
      clearTimeout(timer);
    },
  };
}
