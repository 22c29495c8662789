import type { AgentEvent } from "@kithdesk/api-client";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { type Resource, text } from "../desk/reading.ts";
import { currentDesk } from "../desk/store.ts";
import { onForget } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import { millisecondsLeft, related } from "./in-hand.ts";
import { useTerms } from "./terms.ts";

/** A conversation that is done, and still takes its part of this agent's capacity for a while. */
export interface WrapUp {
  readonly item: string;
  readonly conversation: string;
  /** By this machine's clock. */
  readonly endsAt: number;
  readonly lastsMs: number;
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

/** What is being wrapped up by the server's own word, the one that ends first at the top. */
export function recallWrapUps(items: readonly Resource[]): void {
  useWrapUps.setState({ wrapUps: [] });
  for (const item of [...items].sort((one, other) => millisecondsLeft(one) - millisecondsLeft(other)))
    show(item);
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
  const { data } = await api.list(path);
  if (currentDesk().me === me) for (const item of data) show(item);
}

function show(item: Resource): void {
  const { status, wrapUpUntil, changedAt } = item.attributes;
  const conversation = related(item, "conversation");
  if (status !== "wrap_up" || conversation === null) return;
  const left = millisecondsLeft(item);
  const lastsMs = Math.max(left, Date.parse(text(wrapUpUntil)) - Date.parse(text(changedAt)));
  const wrapUp = { item: item.id, conversation, endsAt: Date.now() + left, lastsMs };
  drop((one) => one.item === wrapUp.item);
  useWrapUps.setState(({ wrapUps }) => ({ wrapUps: [...wrapUps, wrapUp] }));
  setTimeout(() => drop((one) => one === wrapUp), left);
}

function drop(isOver: (wrapUp: WrapUp) => boolean): void {
  const { wrapUps } = useWrapUps.getState();
  const left = wrapUps.filter((wrapUp) => !isOver(wrapUp));
  if (left.length < wrapUps.length) useWrapUps.setState({ wrapUps: left });
}

onForget(() => useWrapUps.setState({ wrapUps: [] }));
