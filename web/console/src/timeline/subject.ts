import { words } from "./en.ts";

/** Whose timeline is on screen, and which of their conversations is open. */
export interface Subject {
  readonly customer: string;
  readonly customerName: string;
  /** Null on the customer's own screen. */
  readonly conversation: string | null;
  /** The open conversation is done: what comes now is not part of it. */
  readonly isOver: boolean;
}

/** What the list of entries is called. */
export function labelOf({ conversation, customerName }: Subject): string {
  return conversation === null ? words.labelAlone(customerName) : words.label(customerName);
}
