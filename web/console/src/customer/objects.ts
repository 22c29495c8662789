import type { AgentEvent } from "@kithdesk/api-client";
import { useEffect } from "react";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { isJson, numberOrNull, text, textOrNull } from "../desk/reading.ts";
import { knowKlass, loadKlasses } from "../objects/klasses.ts";
import { knowLink } from "../objects/links.ts";
import { objectFromCard, objectFromResource } from "../objects/reading.ts";
import type { KObject } from "../objects/types.ts";
import { onForget } from "../session/session.ts";
import { onCustomerEvent } from "../timeline/follow.ts";

export const PAGE_SIZE = 25;
/** A list has a hundred pages; whoever looks for what is older searches for it. */
export const MOST_OBJECTS = 100 * PAGE_SIZE;
const KEPT = 30;

/** A customer's records of all kinds, the newest first. */
export interface Objects {
  readonly state: "loading" | "ready" | "failed";
  readonly objects: readonly KObject[];
  /** How many there are of each kind, loaded or not. */
  readonly totals: ReadonlyMap<string, number>;
}

const LOADING: Objects = { state: "loading", objects: [], totals: new Map() };

export const useObjectsStore = create<{ readonly of: ReadonlyMap<string, Objects> }>(() => ({
  of: new Map(),
}));

/** They are read when the customer is opened, and stay live while the customer is on screen. */
export function useObjects(customer: string): Objects {
  useEffect(() => {
    void loadObjects(customer);
  }, [customer]);
  return useObjectsStore(({ of }) => of.get(customer)) ?? LOADING;
}

/** So many kinds that are not among the newest are shown without being asked for. */
const KINDS_AT_ONCE = 4;

/** The newest of all, and the newest of a few kinds that are not among them; of more, when somebody opens them. */
export async function loadObjects(customer: string): Promise<void> {
  await readPage(customer, null, 1);
  const { objects, totals } = useObjectsStore.getState().of.get(customer) ?? LOADING;
  const unseen = [...totals.keys()].filter((klass) => !objects.some((object) => object.klass === klass));
  await Promise.all(unseen.slice(0, KINDS_AT_ONCE).map((klass) => readPage(customer, klass, 1)));
}

/** Older ones of a kind. */
export async function loadMoreObjects(customer: string, klass: string): Promise<void> {
  const { objects } = useObjectsStore.getState().of.get(customer) ?? LOADING;
  const known = objects.filter((object) => object.klass === klass).length;
  // Newcomers moved the rest along: the page is found by what is here now, and may overlap.
  await readPage(customer, klass, Math.floor(known / PAGE_SIZE) + 1);
}

/** What happens while a page is on its way, which may be older. */
interface Reading {
  readonly customer: string;
  readonly happened: { readonly event: AgentEvent; readonly position: number }[];
}

const readings = new Set<Reading>();

async function readPage(customer: string, klass: string | null, page: number): Promise<void> {
  const reading: Reading = { customer, happened: [] };
  readings.add(reading);
  try {
    const of = klass === null ? "" : `&klass=${encodeURIComponent(klass)}`;
    const [{ data, meta, position }] = await Promise.all([
      api.list(`/v1/customers/${customer}/kobjects?page=${page}&pageSize=${PAGE_SIZE}${of}`),
      loadKlasses().catch(() => undefined),
    ]);
    for (const { id, relationships } of data) knowLink(id, relationships?.conversation?.data?.id ?? null);
    const read = data.map(objectFromResource).filter((object) => object !== null);
    update(customer, (known) => ({
      state: "ready",
      objects: newestFirst(klass === null ? read : [...known.objects, ...read]),
      totals: totalsFrom(meta.klasses),
    }));
    for (const { event } of reading.happened.filter((one) => one.position > position)) apply(customer, event);
  } catch {
    update(customer, (known) => (known.state === "ready" ? known : { ...known, state: "failed" }));
  } finally {
    readings.delete(reading);
  }
}

function totalsFrom(klasses: unknown): ReadonlyMap<string, number> {
  const entries = isJson(klasses) ? Object.entries(klasses) : [];
  return new Map(entries.map(([klass, total]) => [klass, numberOrNull(total) ?? 0]));
}

onCustomerEvent(takeObjectEvent);

export function takeObjectEvent(customer: string, event: AgentEvent, position: number): void {
  if (!event.kind.startsWith("kobject.")) return;
  for (const reading of readings)
    if (reading.customer === customer) reading.happened.push({ event, position });
  apply(customer, event);
}

function apply(customer: string, event: AgentEvent): void {
  const { kind, data } = event as { readonly kind: string; readonly data: unknown };
  if (!isJson(data)) return;
  const object = objectFromCard(data.kobject);
  if (object === null || !useObjectsStore.getState().of.has(customer)) return;
  knowKlass(object.klass);
  if (kind === "kobject.linked") knowLink(object.id, textOrNull(data.conversation));
  if (kind === "kobject.unlinked") knowLink(object.id, null);
  const hasLeft = kind === "kobject.removed" || kind === "kobject.moved";
  if (hasLeft || text(data.customer) !== customer)
    update(customer, (known) => without(known, object, hasLeft));
  else if (kind === "kobject.created" || kind === "kobject.updated") {
    // Another's until now, as another that is not loaded changes as well.
    const hasCome = kind === "kobject.created" || (isJson(data.changes) && "customer" in data.changes);
    update(customer, (known) => withObject(known, object, hasCome));
  }
}

function withObject(known: Objects, object: KObject, hasCome: boolean): Objects {
  const others = known.objects.filter(({ id }) => id !== object.id);
  const isNew = hasCome && others.length === known.objects.length;
  return {
    ...known,
    objects: newestFirst([...others, object]),
    totals: counted(known, object.klass, isNew ? 1 : 0),
  };
}

/** It leaves once, and is told of twice: to whom it comes, and from whom it goes. */
function without(known: Objects, { id, klass }: KObject, hasLeft: boolean): Objects {
  const objects = known.objects.filter((object) => object.id !== id);
  const wasHere = objects.length < known.objects.length;
  return { ...known, objects, totals: counted(known, klass, hasLeft || wasHere ? -1 : 0) };
}

function counted({ totals }: Objects, klass: string, more: number): ReadonlyMap<string, number> {
  return new Map(totals).set(klass, Math.max(0, (totals.get(klass) ?? 0) + more));
}

function newestFirst(objects: readonly KObject[]): KObject[] {
  const once = new Map(objects.map((object) => [object.id, object]));
  return [...once.values()].sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
}

function update(customer: string, change: (known: Objects) => Objects): void {
  useObjectsStore.setState(({ of }) => {
    const next = new Map(of);
    const changed = change(next.get(customer) ?? LOADING);
    next.delete(customer);
    next.set(customer, changed);
    for (const old of [...next.keys()].slice(0, Math.max(0, next.size - KEPT))) next.delete(old);
    return { of: next };
  });
}

onForget(() => useObjectsStore.setState({ of: new Map() }));
