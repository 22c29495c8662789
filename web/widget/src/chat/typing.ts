import type { SignalFrame } from "@kithdesk/api-client";
import { signal } from "@preact/signals-core";

const REPEAT_MS = 3_000;
const PAUSE_MS = 5_000;
const FORGET_MS = 8_000;

/** Tells the other side while keys are pressed: at once, then every few seconds, and when they rest. */
export class TypingOut {
  readonly #tell: (conversation: string, on: boolean) => void;
  #conversation: string | null = null;
  #toldAt = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (conversation: string, on: boolean) => void) {
    this.#tell = tell;
  }

  pressed(conversation: string): void {
    if (this.#conversation !== conversation) this.stop();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.stop(), PAUSE_MS);
    if (this.#conversation && Date.now() - this.#toldAt < REPEAT_MS) return;
    this.#conversation = conversation;
    this.#toldAt = Date.now();
    this.#tell(conversation, true);
  }

  stop(): void {
    clearTimeout(this.#rest);
    if (this.#conversation) this.#tell(this.#conversation, false);
    this.#conversation = null;
  }
}

/** Who is typing where. A signal can get lost, so each is forgotten by itself. */
export class TypingIn {
  readonly who = signal<ReadonlyMap<string, string>>(new Map());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  apply({ conversation, by, on }: SignalFrame): void {
    clearTimeout(this.#timers.get(conversation));
    const who = new Map(this.who.value);
    if (on) {
      who.set(conversation, by.displayName);
      this.#timers.set(
        conversation,
        setTimeout(() => this.stop(conversation), FORGET_MS),
      );
    } else who.delete(conversation);
    this.who.value = who;
  }

  stop(conversation: string): void {
    if (!this.who.value.has(conversation)) return;
    clearTimeout(this.#timers.get(conversation));
    const who = new Map(this.who.value);
    who.delete(conversation);
    this.who.value = who;
  }
}
