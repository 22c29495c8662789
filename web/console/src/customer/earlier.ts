import type { AgentEvent } from "@kithdesk/api-client";
import { useEffect, useState } from "react";
import { useShallow } from "zustand/react/shallow";

import { api } from "../api/api.ts";
import { confirm } from "../desk/desk.ts";
import { conversationFromResource } from "../desk/reading.ts";
import { changeDesk, useDeskStore } from "../desk/store.ts";
import type { Conversation } from "../desk/types.ts";
import { inTurn } from "../live/in-turn.ts";
import { hearInbox } from "../live/inbox-topic.ts";

const PAGE_SIZE = 25;
const TOGETHER_MS = 300;

interface Others {
  readonly state: "loading" | "ready" | "failed";
  readonly others: readonly Conversation[];
}

interface Known extends Pick<Others, "state"> {
  readonly customer: string;
  readonly ids: readonly string[];
}

/** A customer's conversations but this one, newest first; they stay live with the rest of the desk. */
export function useOtherConversations(customer: string, conversation: string): Others {
  const nothing: Known = { customer, state: "loading", ids: [] };
  const [last, setLast] = useState(nothing);
  const { state, ids } = last.customer === customer ? last : nothing;
  useEffect(() => {
    const question = inTurn(async (signal) => {
      try {
        const loaded = await load(customer);
        if (!signal.aborted) setLast({ customer, state: "ready", ids: loaded });
      } catch {
        if (!signal.aborted) setLast((known) => failed(known, customer));
      }
    }, TOGETHER_MS);
    question.now();
    const stop = hearInbox((events) => {
      if (events.some((event) => isMove(event, customer))) question.soon();
    });
    return () => {
      stop();
      question.stop();
    };
  }, [customer]);
  const others = useDeskStore(
    useShallow(({ desk }) =>
      ids.flatMap((id) => (id === conversation ? [] : (desk.conversations.get(id) ?? []))),
    ),
  );
  return { state, others };
}

/** What was there of the same customer is still there. */
function failed(known: Known, customer: string): Known {
  const isThere = known.customer === customer && known.state === "ready";
  return isThere ? known : { customer, state: "failed", ids: [] };
}

/** Whether they have other conversations than before. */
function isMove(event: AgentEvent, customer: string): boolean {
  switch (event.kind) {
    case "conversation.opened":
      return event.data.customer.id === customer;
    case "customer.unmerged":
      return event.data.customer === customer || event.data.of === customer;
    case "conversation.moved":
      return event.data.customer === customer || event.data.from === customer;
    case "customer.merged":
    case "customer.parted":
      return event.data.customer === customer;
    default:
      return false;
  }
}

async function load(customer: string): Promise<string[]> {
  const { data, position } = await api.list(`/v1/customers/${customer}/conversations?pageSize=${PAGE_SIZE}`);
  changeDesk((desk) => {
    for (const resource of data) confirm(desk, conversationFromResource(resource, position));
  });
  return data.map(({ id }) => id);
}
