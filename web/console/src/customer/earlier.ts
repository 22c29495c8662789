import { useEffect, useState } from "react";
import { useShallow } from "zustand/react/shallow";

import { api } from "../api/api.ts";
import { confirm } from "../desk/desk.ts";
import { conversationFromResource } from "../desk/reading.ts";
import { changeDesk, useDeskStore } from "../desk/store.ts";
import type { Conversation } from "../desk/types.ts";

const PAGE_SIZE = 25;
const NONE: readonly string[] = [];

interface Others {
  readonly state: "loading" | "ready" | "failed";
  readonly others: readonly Conversation[];
}

/** A customer's conversations but this one, newest first; they stay live with the rest of the desk. */
export function useOtherConversations(customer: string, conversation: string): Others {
  const [state, setState] = useState<Others["state"]>("loading");
  const [ids, setIds] = useState(NONE);
  useEffect(() => {
    let isOver = false;
    setState("loading");
    load(customer).then(
      (loaded) => {
        if (isOver) return;
        setIds(loaded);
        setState("ready");
      },
      () => !isOver && setState("failed"),
    );
    return () => {
      isOver = true;
    };
  }, [customer]);
  const others = useDeskStore(
    useShallow(({ desk }) =>
      ids.flatMap((id) => (id === conversation ? [] : (desk.conversations.get(id) ?? []))),
    ),
  );
  return { state, others };
}

async function load(customer: string): Promise<string[]> {
  const { data, position } = await api.list(`/v1/customers/${customer}/conversations?pageSize=${PAGE_SIZE}`);
  changeDesk((desk) => {
    for (const resource of data) confirm(desk, conversationFromResource(resource, position));
  });
  return data.map(({ id }) => id);
}
