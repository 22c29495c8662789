import { tell } from "../live/live.ts";

/** Tell the customer that an answer is being written: not with every key, and not after a pause. */
const SAY_AGAIN_MS = 4_000;
const PAUSE_MS = 5_000;

const typing = new Map<string, { saidAt: number; pause: ReturnType<typeof setTimeout> }>();

export function startTyping(conversation: string): void {
  const known = typing.get(conversation);
  clearTimeout(known?.pause);
  const pause = setTimeout(() => stopTyping(conversation), PAUSE_MS);
  const now = Date.now();
  const isDue = known === undefined || now - known.saidAt >= SAY_AGAIN_MS;
  if (isDue) tell({ op: "typing", conversation, on: true });
  typing.set(conversation, { saidAt: isDue ? now : known.saidAt, pause });
}

export function stopTyping(conversation: string): void {
  const known = typing.get(conversation);
  if (known === undefined) return;
  clearTimeout(known.pause);
  typing.delete(conversation);
  tell({ op: "typing", conversation, on: false });
}
