import { dayOf } from "@kithdesk/ui";

import { api } from "../../api/api.ts";
import { numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";

const PAGE_SIZE = 100;

/** What was done in a shift, or on a day. Milliseconds, and how many conversations were given to them. */
export interface Spent {
  readonly available: number;
  readonly busy: number;
  readonly unavailable: number;
  readonly items: number;
}

/** From an agent's first status to their going. */
export interface Shift extends Spent {
  readonly id: string;
  readonly beganAt: string;
  /** Null while it lasts. */
  readonly endedAt: string | null;
  readonly team: string | null;
}

export interface Day {
  /** As `2026-11-24`, by the reader's calendar. */
  readonly day: string;
  readonly shifts: readonly Shift[];
  readonly total: Spent;
}

export interface Work {
  readonly name: string;
  /** The latest first. */
  readonly shifts: readonly Shift[];
  readonly pages: number;
  readonly hasMore: boolean;
}

export async function loadWork(agent: string): Promise<Work> {
  const [{ data }, page] = await Promise.all([api.get(`/v1/users/${agent}`), loadPage(agent, 1)]);
  return { name: text(data.attributes.displayName), ...page };
}

export async function loadEarlier(agent: string, known: Work): Promise<Work> {
  const page = await loadPage(agent, known.pages + 1);
  // A shift that began meanwhile moved the rest along.
  const shifts = new Map([...known.shifts, ...page.shifts].map((shift) => [shift.id, shift]));
  return { ...known, ...page, shifts: [...shifts.values()] };
}

async function loadPage(agent: string, pages: number): Promise<Omit<Work, "name">> {
  const path = `/v1/routing/users/${agent}/work-sessions?page=${pages}&pageSize=${PAGE_SIZE}`;
  const { data, meta } = await api.list(path);
  return { shifts: data.map(shiftFrom), pages, hasMore: pages < (numberOrNull(meta.totalPages) ?? pages) };
}

/** A shift belongs whole to the day on which it began: when in it who was what is not kept. */
export function byDay(shifts: readonly Shift[], timeZone?: string): Day[] {
  const days = new Map<string, Shift[]>();
  for (const shift of shifts) {
    const day = dayOf(shift.beganAt, timeZone);
    days.set(day, [...(days.get(day) ?? []), shift]);
  }
  return [...days].map(([day, members]) => ({ day, shifts: members, total: totalOf(members) }));
}

function totalOf(shifts: readonly Shift[]): Spent {
  const sum = (name: keyof Spent) => shifts.reduce((all, shift) => all + shift[name], 0);
  return {
    available: sum("available"),
    busy: sum("busy"),
    unavailable: sum("unavailable"),
    items: sum("items"),
  };
}

function shiftFrom({ id, attributes: json, relationships }: Resource): Shift {
  const number = (name: string) => numberOrNull(json[name]) ?? 0;
  return {
    id,
    beganAt: text(json.beganAt),
    endedAt: textOrNull(json.signedOutAt),
    team: relationships?.team?.data?.id ?? null,
    available: number("available"),
    busy: number("busy"),
    unavailable: number("unavailable"),
    items: number("items"),
  };
}
