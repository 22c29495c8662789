import { useMemo } from "react";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { onForget } from "../session/session.ts";
import { klassFromResource } from "./reading.ts";
import type { Klass } from "./types.ts";

/** The kinds of records that the organisation defined, by name. */
export const useKlasses = create<{ readonly klasses: ReadonlyMap<string, Klass> }>(() => ({
  klasses: new Map(),
}));

/** Those of which agents add records, as people call them. */
export function useCreatable(): readonly Klass[] {
  const klasses = useKlasses((known) => known.klasses);
  return useMemo(() => creatableOf(klasses), [klasses]);
}

/** Whether there is any such kind, at this moment. */
export function canAdd(): boolean {
  return creatableOf(useKlasses.getState().klasses).length > 0;
}

function creatableOf(klasses: ReadonlyMap<string, Klass>): readonly Klass[] {
  return [...klasses.values()]
    .filter(({ isCreatable }) => isCreatable)
    .sort((one, other) => one.displayName.localeCompare(other.displayName));
}

const FRESH_FOR_MS = 60_000;
/** A kind that cannot be read must not be asked for with each of its records. */
const SOON_MS = 2_000;

let loadedAt = 0;
let loading: Promise<void> | null = null;
let asking: ReturnType<typeof setTimeout> | undefined;

/** They change rarely: asked for again not more than once a minute, and by many at once only once. */
export function loadKlasses(): Promise<void> {
  if (loading !== null) return loading;
  if (Date.now() - loadedAt < FRESH_FOR_MS) return Promise.resolve();
  loading = read().finally(() => {
    loading = null;
  });
  return loading;
}

/** A record of a kind that was defined since. What was asked a moment ago is asked again, a little later. */
export function knowKlass(name: string): void {
  if (useKlasses.getState().klasses.has(name) || asking !== undefined) return;
  asking = setTimeout(
    async () => {
      asking = undefined;
      await loading?.catch(() => undefined); // what is on its way may have been read before
      loadedAt = 0;
      loadKlasses().catch(() => undefined);
    },
    Math.max(0, loadedAt + SOON_MS - Date.now()),
  );
}

async function read(): Promise<void> {
  const { data } = await api.all("/v1/klasses");
  const klasses = data.map(klassFromResource);
  useKlasses.setState({ klasses: new Map(klasses.map((klass) => [klass.name, klass])) });
  loadedAt = Date.now();
}

onForget(() => {
  clearTimeout(asking);
  asking = undefined;
  loadedAt = 0;
  useKlasses.setState({ klasses: new Map() });
});
