/*
 * The whole screen, awake. Both are favours that a browser may refuse: the wall is then as large as its window.
 */

/** From a click only: browsers give the screen to nobody else. */
export function takeScreen(): void {
  document.documentElement.requestFullscreen?.().catch(() => undefined);
}

export function leaveScreen(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
}

/** Keeps the screen from sleeping until the returned function is called. `onLeft`: Escape gave the screen back. */
export function fillScreen(onLeft: () => void): () => void {
  let lock: WakeLockSentinel | null = null;
  let isOver = false;
  const keepAwake = () => {
    if (document.visibilityState !== "visible") return;
    navigator.wakeLock?.request("screen").then(
      (given) => {
        lock = given;
        if (isOver) void given.release();
      },
      () => undefined,
    );
  };
  const changed = () => {
    if (!document.fullscreenElement) onLeft();
  };
  keepAwake();
  // The browser takes it back when the window is hidden.
  document.addEventListener("visibilitychange", keepAwake);
  document.addEventListener("fullscreenchange", changed);
  return () => {
    isOver = true;
    void lock?.release();
    document.removeEventListener("visibilitychange", keepAwake);
    document.removeEventListener("fullscreenchange", changed);
  };
}
