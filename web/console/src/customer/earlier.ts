import type { AgentEvent } from "@kithdesk/api-client";
import { useEffect, useState } from "react";
import { useShallow } from "zustand/react/shallow";

import { api } from "../api/api.ts";
import { confirm } from "../desk/desk.ts";
import { conversationFromResource } from "../desk/reading.ts";
import { changeDesk, useDeskStore } from "../desk/store.ts";
import type { Conversation } from "../desk/types.ts";
import { hearInbox } from "../live/inbox-topic.ts";

const PAGE_SIZE = 25;
const TOGETHER_MS = 300;
const NONE: readonly string[] = [];

interface Others {
  readonly state: "loading" | "ready" | "failed";
  readonly others: readonly Conversation[];
}

/** A customer's conversations but this one, newest first; they stay live with the rest of the desk. */
export function useOtherConversations(customer: string, conversation: string): Others {
  const [state, setState] = useState<Others["state"]>("loading");
  const [ids, setIds] = useState(NONE);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    let isOver = false;
    load(customer).then(
      (loaded) => {
        if (isOver) return;
        setIds(loaded);
        setState("ready");
      },
      // What was there before is still there.
      () => !isOver && setState((known) => (known === "ready" ? known : "failed")),
    );
    return () => {
      isOver = true;
    };
  }, [customer, turn]);
  useEffect(() => onMove(customer, () => setTurn((before) => before + 1)), [customer]);
  const others = useDeskStore(
    useShallow(({ desk }) =>
      ids.flatMap((id) => (id === conversation ? [] : (desk.conversations.get(id) ?? []))),
    ),
  );
  return { state, others };
}

/** Calls back when they have other conversations than before; much that moves at once is one call. */
function onMove(customer: string, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = hearInbox((events) => {
    if (!events.some((event) => isMove(event, customer))) return;
    clearTimeout(timer);
    timer = setTimeout(act, TOGETHER_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

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
