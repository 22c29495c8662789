import { loadCustomer } from "../desk/load.ts";
import { inTurn } from "../live/in-turn.ts";
import { onCustomerEvent } from "../timeline/follow.ts";
import { loadObjects } from "./objects.ts";

const TOGETHER_MS = 300;

/** What moves conversations and objects between records. */
const MOVING: ReadonlySet<string> = new Set(["customer.merged", "customer.parted", "customer.unmerged"]);

/** An event tells what changed, and not the version that came of it: whoever edits next should know that. */
export function keepFresh(id: string): () => void {
  return onChange(id, (hasMoved) => Promise.allSettled([loadCustomer(id), hasMoved && loadObjects(id)]));
}

/** Asks some time after a customer who is on screen has changed; much that changes at once is one question. */
export function onChange(id: string, ask: (hasMoved: boolean) => Promise<unknown>): () => void {
  let hasMoved = false;
  const question = inTurn(async () => {
    const had = hasMoved;
    hasMoved = false;
    await ask(had);
  }, TOGETHER_MS);
  const stop = onCustomerEvent((customer, event) => {
    if (customer !== id || !(event.kind === "customer.updated" || MOVING.has(event.kind))) return;
    // From now on this id answers as the other's record.
    if (event.kind === "customer.merged" && event.data.from === id) return;
    hasMoved ||= MOVING.has(event.kind);
    question.soon();
  });
  return () => {
    question.stop();
    stop();
  };
}
