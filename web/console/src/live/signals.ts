import type { SignalFrame } from "@kithdesk/api-client";
import { create } from "zustand";

/** Who is typing in or looking at which conversation. Nobody says when they stop for good, so each word ages. */
export interface Sign {
  readonly conversation: string;
  readonly kind: "typing" | "viewing";
  readonly type: SignalFrame["by"]["type"];
  readonly id: string;
  readonly name: string;
  readonly until: number;
}

const LASTS_MS = { typing: 8_000, viewing: 45_000 } as const;

export const useSignals = create<{ readonly signs: readonly Sign[] }>(() => ({ signs: [] }));

let sweep: ReturnType<typeof setTimeout> | undefined;

export function takeSignal(frame: SignalFrame): void {
  const now = Date.now();
  useSignals.setState(({ signs }) => ({ signs: withSignal(signs, frame, now) }));
  sweepLater();
}

/** A message from someone ends their typing. */
export function stoppedTyping(conversation: string, id: string | null): void {
  useSignals.setState(({ signs }) => {
    const left = signs.filter(
      (sign) => sign.kind !== "typing" || sign.conversation !== conversation || sign.id !== (id ?? ""),
    );
    return left.length === signs.length ? { signs } : { signs: left };
  });
}

export function withSignal(signs: readonly Sign[], frame: SignalFrame, now: number): readonly Sign[] {
  const id = frame.by.id ?? "";
  const others = signs.filter(
    (sign) =>
      sign.until > now &&
      !(
        sign.conversation === frame.conversation &&
        sign.kind === frame.kind &&
        sign.type === frame.by.type &&
        sign.id === id
      ),
  );
  if (!frame.on) return others;
  const sign: Sign = {
    conversation: frame.conversation,
    kind: frame.kind,
    type: frame.by.type,
    id,
    name: frame.by.displayName,
    until: now + LASTS_MS[frame.kind],
  };
  return [...others, sign];
}

function sweepLater(): void {
  clearTimeout(sweep);
  const { signs } = useSignals.getState();
  if (signs.length === 0) return;
  const next = Math.min(...signs.map(({ until }) => until));
  sweep = setTimeout(
    () => {
      useSignals.setState((state) => ({ signs: state.signs.filter(({ until }) => until > Date.now()) }));
      sweepLater();
    },
    Math.max(50, next - Date.now()),
  );
}
