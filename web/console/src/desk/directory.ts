import { create } from "zustand";

import { api } from "../api/api.ts";
import { text } from "./reading.ts";
import type { Named } from "./types.ts";

/** Names for ids that conversations carry: queues, teams, tags. Small, and they change rarely. */
interface Directory {
  readonly queues: readonly Named[];
  readonly teams: readonly Named[];
  readonly tags: readonly Named[];
}

export const useDirectory = create<Directory>(() => ({ queues: [], teams: [], tags: [] }));

export async function loadDirectory(): Promise<void> {
  await Promise.all([
    load("/v1/routing/queues").then((queues) => useDirectory.setState({ queues })),
    load("/v1/teams").then((teams) => useDirectory.setState({ teams })),
    load("/v1/tags").then((tags) => useDirectory.setState({ tags })),
  ]);
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
