import type { AgentEvent } from "@kithdesk/api-client";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { text } from "../desk/reading.ts";
import { currentDesk } from "../desk/store.ts";
import { onForget } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import { useTerms } from "./terms.ts";

/** A conversation that is done, and still takes its part of this agent's capacity for a while. */
export interface WrapUp {
  readonly item: string;
  readonly conversation: string;
  /** By this machine's clock. */
  readonly endsAt: number;
}

export const useWrapUps = create<{ readonly wrapUps: readonly WrapUp[] }>(() => ({ wrapUps: [] }));

/** After the desk has taken the event: what was theirs and is done may have to be wrapped up. */
export function takeWrapUp(event: AgentEvent): void {
  switch (event.kind) {
    case "work.wrapped_up":
      drop(({ item }) => item === event.data.item);
      break;
    case "conversation.ended":
      begin(event.data.conversation);
      break;
    case "conversation.updated": {
      const { conversation, changes } = event.data;
      if (changes.status === undefined) return;
      if (changes.status.after === "done") begin(conversation);
      else drop((wrapUp) => wrapUp.conversation === conversation);
      break;
    }
  }
}

export async function finishWrapUp(item: string): Promise<void> {
  try {
    await api.post(`/v1/routing/work-items/${item}/complete`, {});
    drop((wrapUp) => wrapUp.item === item);
  } catch (error) {
    showToast(words.finishFailed(wordsFor(error)), { tone: "problem" });
  }
}

function begin(conversation: string): void {
  const { me, conversations } = currentDesk();
  if (useTerms.getState().wrapUpSeconds === 0) return;
  if (conversations.get(conversation)?.assignedUsers.includes(me) !== true) return;
  // Nobody is told of it but whoever asks; without an answer the time passes unseen.
  ask(conversation, me).catch(() => undefined);
}

async function ask(conversation: string, me: string): Promise<void> {
  const path = `/v1/routing/conversations/${conversation}/work-items?page=1&pageSize=1`;
  const [resource] = (await api.list(path)).data;
  if (resource === undefined || currentDesk().me !== me) return;
  const { status, wrapUpUntil, changedAt } = resource.attributes;
  const lasts = Date.parse(text(wrapUpUntil)) - Date.parse(text(changedAt));
  if (status !== "wrap_up" || Number.isNaN(lasts)) return;
  const wrapUp = { item: resource.id, conversation, endsAt: Date.now() + lasts };
  drop(({ item }) => item === wrapUp.item);
  useWrapUps.setState(({ wrapUps }) => ({ wrapUps: [...wrapUps, wrapUp] }));
  setTimeout(() => drop((one) => one === wrapUp), lasts);
}

function drop(isOver: (wrapUp: WrapUp) => boolean): void {
  const { wrapUps } = useWrapUps.getState();
  const left = wrapUps.filter((wrapUp) => !isOver(wrapUp));
  if (left.length < wrapUps.length) useWrapUps.setState({ wrapUps: left });
}

onForget(() => useWrapUps.setState({ wrapUps: [] }));
