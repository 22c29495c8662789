import { loadCustomer } from "../desk/load.ts";
import { onCustomerEvent } from "../timeline/follow.ts";
import { loadObjects } from "./objects.ts";

const TOGETHER_MS = 300;

/** What moves conversations and objects between records. */
const MOVING: ReadonlySet<string> = new Set(["customer.merged", "customer.parted", "customer.unmerged"]);

/** An event tells what changed, and not the version that came of it: whoever edits next should know that. */
export function keepFresh(id: string): () => void {
  return onChange(id, (hasMoved) => {
    loadCustomer(id).catch(() => undefined);
    if (hasMoved) void loadObjects(id);
  });
}

/** Calls back some time after a customer who is on screen has changed; much that changes at once is one call. */
export function onChange(id: string, act: (hasMoved: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasMoved = false;
  const run = () => {
    act(hasMoved);
    hasMoved = false;
  };
  const stop = onCustomerEvent((customer, event) => {
    if (customer !== id || !(event.kind === "customer.updated" || MOVING.has(event.kind))) return;
    // From now on this id answers as the other's record.
    if (event.kind === "customer.merged" && event.data.from === id) return;
    hasMoved ||= MOVING.has(event.kind);
    clearTimeout(timer);
    timer = setTimeout(run, TOGETHER_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
