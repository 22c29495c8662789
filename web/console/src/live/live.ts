import {
  type AckFrame,
  type AgentEvent,
  type ClientFrame,
  LiveConnection,
  type LiveState,
  type SendFrame,
  type Subscription,
  type TopicReader,
  webSocket,
} from "@kithdesk/api-client";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { takeSignal } from "./signals.ts";

/** The one live connection of this page. */
export const useLive = create<{ readonly state: LiveState }>(() => ({ state: "connecting" }));

const whenOnline = new Set<(isOnline: boolean) => void>();

const connection = new LiveConnection({
  open: webSocket("/v1/live"),
  client: "console/1.0",
  hello: helloByCookie,
  post: postMessage,
  onState: (state) => {
    useLive.setState({ state });
    for (const listener of whenOnline) listener(state === "online");
  },
  onSignal: takeSignal,
});

/** The browser sends the session's cookie; a refusal means asking whether there still is one. */
async function helloByCookie(wasRefused: boolean): Promise<Record<string, never> | null> {
  if (wasRefused) await api.get("/v1/users/current");
  return {};
}

/** The message itself comes as an event. */
async function postMessage({ id, conversation, body, attachments, kind }: SendFrame): Promise<AckFrame> {
  const door = kind === "note" ? "notes" : "messages";
  const path = `/v1/conversations/${conversation}/${door}`;
  const { position } = await api.post(path, { body, attachments, clientId: id });
  return { op: "ack", id, conversation: conversation ?? "", position };
}

export function connect(): void {
  connection.start();
}

/** As whoever the session's cookie says now. */
export function reconnect(): void {
  connection.reconnect();
}

export function disconnect(): void {
  connection.stop();
}

/** The server tells this window nothing any more, and the window must not look as if it did. */
export function giveUp(): void {
  connection.stop();
  useLive.setState({ state: "refused" });
}

export function onOnline(listener: (isOnline: boolean) => void): void {
  whenOnline.add(listener);
}

export function follow(
  topic: string,
  after: number | undefined,
  reader: TopicReader<AgentEvent>,
): Subscription {
  return connection.subscribe(topic, after, reader);
}

/** For what matters only now; lost when there is no connection, and then false. */
export function tell(frame: ClientFrame): boolean {
  return connection.tell(frame);
}

export function request(
  frame: Parameters<LiveConnection["request"]>[0],
): ReturnType<LiveConnection["request"]> {
  return connection.request(frame);
}
