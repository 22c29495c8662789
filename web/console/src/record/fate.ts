import type { AgentEvent } from "@kithdesk/api-client";
import { useEffect, useState } from "react";

import { continueIn } from "../customer/edits.ts";
import { loadCustomer } from "../desk/load.ts";
import { currentDesk } from "../desk/store.ts";
import { hearInbox } from "../live/inbox-topic.ts";
import { go } from "../navigation/navigation.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";

/** The record that another has become part of. */
export interface Living {
  readonly id: string;
  readonly name: string;
  /** Whoever merged the two has been told. */
  readonly isOurs: boolean;
}

/** What became of a record while it was on screen; null while it is there. */
export type Fate = Living | "removed" | null;

export function useFate(id: string): Fate {
  const [fate, setFate] = useState<Fate>(null);
  useEffect(() => {
    // What is learned late holds only if nothing else has been decided meanwhile, and somebody still looks.
    let turn = 0;
    const take = (event: AgentEvent) => {
      turn += 1;
      const ours = turn;
      if (event.kind === "customer.merged")
        void livingOf(event).then((living) => {
          if (turn !== ours) return;
          continueIn(id, living.id);
          setFate(living);
        });
      else if (event.kind === "customer.unmerged") {
        isItself(id);
        setFate(null);
      } else setFate("removed");
    };
    const stop = hearInbox((events) => {
      for (const event of events) if (subjectOf(event) === id) take(event);
    });
    return () => {
      turn += 1;
      stop();
      continueIn(id, null);
    };
  }, [id]);
  return fate;
}

/** Whose record it decides about; null of what decides about none. */
function subjectOf(event: AgentEvent): string | null {
  if (event.kind === "customer.merged") return event.data.from;
  if (event.kind === "customer.unmerged" || event.kind === "customer.removed") return event.data.customer;
  return null;
}

/** What was merged is a record of its own again. */
function isItself(id: string): void {
  continueIn(id, null);
  loadCustomer(id).catch(() => undefined);
}

type Merged = Extract<AgentEvent, { kind: "customer.merged" }>;

async function livingOf({ data, actor }: Merged): Promise<Living> {
  const { customer: id } = data;
  // Without an answer its own screen says what is wrong.
  await loadCustomer(id).catch(() => undefined);
  const desk = currentDesk();
  return { id, name: desk.customers.get(id)?.displayName ?? "", isOurs: actor?.id === desk.me };
}

/** To the record that lives, in place of the one that is gone. */
export function leadOn({ id, name, isOurs }: Living, gone: string): void {
  go({ screen: "customer", id }, "replace");
  if (!isOurs && name !== "") showToast(words.isPartOf(gone, name));
}

const TYPED = "input:not([type=radio], [type=checkbox]), textarea";

/** Somebody has typed something that is not saved yet. */
export function isTypedIn(screen: HTMLElement | null): boolean {
  const fields = screen?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TYPED) ?? [];
  return [...fields].some((field) => field.value !== field.defaultValue);
}
