import type { AgentEvent } from "@kithdesk/api-client";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { isJson, list, text } from "./reading.ts";
import type { Named } from "./types.ts";

/** Names for ids that conversations carry: queues, teams, tags. Small, and they change rarely. */
interface Directory {
  readonly queues: readonly Named[];
  readonly teams: readonly Named[];
  readonly tags: readonly Named[];
  /** The teams that serve a queue: to others nothing can be handed. Null: not known. */
  readonly routed: readonly string[] | null;
}

export const useDirectory = create<Directory>(() => ({ queues: [], teams: [], tags: [], routed: null }));

export async function loadDirectory(): Promise<void> {
  await Promise.all([
    load("/v1/routing/queues").then((queues) => useDirectory.setState({ queues })),
    load("/v1/teams").then((teams) => useDirectory.setState({ teams })),
    load("/v1/tags").then((tags) => useDirectory.setState({ tags })),
    // Without it all teams are offered, and the server refuses.
    loadRouted().catch(() => undefined),
  ]);
}

export async function loadRouted(): Promise<void> {
  const { data } = await api.all("/v1/routing/queue-staffing");
  const crews = data.flatMap(({ attributes }) => list(attributes.teams).filter(isJson));
  const routed = new Set(crews.map(({ team }) => text(team)).filter((team) => team !== ""));
  useDirectory.setState({ routed: [...routed] });
}

/** What the journal says of their names. */
export function takePlace(event: AgentEvent): void {
  switch (event.kind) {
    case "queue.created":
    case "queue.changed":
      put("queues", { id: event.data.queue, name: event.data.name });
      break;
    case "queue.deleted":
      drop("queues", event.data.queue);
      break;
    case "team.created":
    case "team.renamed":
      put("teams", { id: event.data.team, name: event.data.name });
      break;
    case "team.deleted":
      drop("teams", event.data.team);
      break;
  }
}

function put(of: "queues" | "teams", one: Named): void {
  useDirectory.setState(({ [of]: known }) => ({
    [of]: known.some(({ id }) => id === one.id)
      ? known.map((other) => (other.id === one.id ? one : other))
      : [...known, one],
  }));
}

function drop(of: "queues" | "teams", gone: string): void {
  useDirectory.setState(({ [of]: known }) => ({ [of]: known.filter(({ id }) => id !== gone) }));
}

export async function createTag(name: string): Promise<Named> {
  const { data } = await api.post("/v1/tags", { name });
  const tag = { id: data.id, name: text(data.attributes.name) || name };
  useDirectory.setState(({ tags }) => ({ tags: [...tags.filter(({ id }) => id !== tag.id), tag] }));
  return tag;
}

export function nameOf(names: readonly Named[], id: string | null): string | null {
  return names.find((named) => named.id === id)?.name ?? null;
}

async function load(path: string): Promise<Named[]> {
  const { data } = await api.all(path);
  return data.map(({ id, attributes }) => ({
    id,
    name: text(attributes.displayName) || text(attributes.name),
  }));
}
