import { api } from "../../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";
import { changesIn } from "../changes.ts";
import { type Hours, type Pair, PRESETS, type Week } from "./week.ts";
import { ownZone } from "./zones.ts";

const PATH = "/v1/schedules";

export interface PublicHolidays {
  readonly country: string;
  readonly subdivision: string | null;
  readonly categories: readonly string[];
}

/** A date with hours of its own; none on a day off. */
export interface OwnDate {
  readonly date: string;
  readonly name: string;
  readonly hours: Hours;
}

/** What one can change. */
export interface Draft {
  readonly name: string;
  readonly timezone: string;
  readonly hours: Week;
  readonly holidays: PublicHolidays | null;
  readonly dates: readonly OwnDate[];
  readonly isDefault: boolean;
}

/** Whether it is open, and when that changes. */
export interface Now {
  readonly isOpen: boolean;
  readonly nextOpeningAt: string | null;
  readonly nextClosingAt: string | null;
}

export interface Schedule extends Draft, Now {
  readonly id: string;
  readonly rev: number | undefined;
}

export interface DayOff {
  readonly date: string;
  readonly name: string;
  readonly hours: Hours;
  readonly isOwn: boolean;
}

export interface Preview extends Now {
  readonly daysOff: readonly DayOff[];
}

export interface Country {
  readonly subdivisions: readonly (readonly [code: string, name: string])[];
  readonly categories: readonly string[];
}

/** Where the organisation's default is, or else where whoever makes it sits. */
export function newDraft(others: readonly Schedule[]): Draft {
  return {
    name: "",
    timezone: others.find(({ isDefault }) => isDefault)?.timezone ?? ownZone(),
    hours: PRESETS.office,
    holidays: null,
    dates: [],
    isDefault: others.length === 0,
  };
}

export async function loadSchedules(): Promise<Schedule[]> {
  const { data } = await api.all(PATH);
  return data.map(scheduleFrom);
}

export async function addSchedule(draft: Draft): Promise<Schedule> {
  return scheduleFrom((await api.post(PATH, bodyOf(draft))).data);
}

/** Refused if somebody else has changed it since it was read. */
export async function changeSchedule(before: Schedule, draft: Draft): Promise<Schedule> {
  const { data } = await api.put(`${PATH}/${before.id}`, { ...changesOf(draft, before), rev: before.rev });
  return scheduleFrom(data);
}

export function changesOf(wanted: Draft, before: Draft): Readonly<Record<string, unknown>> {
  return changesIn(bodyOf(wanted), bodyOf(before));
}

export async function removeSchedule(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}

/** What the draft would do, reckoned by the server. */
export async function previewOf(draft: Draft): Promise<Preview> {
  const { data } = await api.post(`${PATH}/preview`, bodyOf(draft));
  return { ...nowFrom(data), daysOff: objects(data.attributes.daysOff).map(dayOffFrom) };
}

export async function loadCountries(): Promise<string[]> {
  const { data } = await api.all(`${PATH}/countries`);
  return data.map(({ id }) => id);
}

export async function loadCountry(code: string): Promise<Country> {
  const { attributes } = (await api.get(`${PATH}/countries/${code}`)).data;
  return {
    subdivisions: objects(attributes.subdivisions).map((one) => [text(one.code), text(one.name)] as const),
    categories: list(attributes.categories).map(text),
  };
}

function bodyOf({
  name,
  timezone,
  hours,
  holidays,
  dates,
  isDefault,
}: Draft): Readonly<Record<string, unknown>> {
  return {
    name: name.trim(),
    timezone,
    hours: Object.fromEntries(hours.map((pairs, day) => [day, pairs])),
    holidays,
    dates,
    default: isDefault,
  };
}

function scheduleFrom(resource: Resource): Schedule {
  const { id, attributes: json } = resource;
  const hours = isJson(json.hours) ? json.hours : {};
  return {
    id,
    rev: numberOrNull(json.rev) ?? undefined,
    name: text(json.name),
    timezone: text(json.timezone),
    hours: PRESETS.none.map((_, day) => hoursFrom(hours[day])),
    holidays: holidaysFrom(json.holidays),
    dates: objects(json.dates).map((one) => ({
      date: text(one.date),
      name: text(one.name),
      hours: hoursFrom(one.hours),
    })),
    isDefault: json.default === true,
    ...nowFrom(resource),
  };
}

function nowFrom({ attributes: json }: Resource): Now {
  return {
    isOpen: json.open === true,
    nextOpeningAt: textOrNull(json.nextOpeningAt),
    nextClosingAt: textOrNull(json.nextClosingAt),
  };
}

function holidaysFrom(json: unknown): PublicHolidays | null {
  if (!isJson(json)) return null;
  return {
    country: text(json.country),
    subdivision: textOrNull(json.subdivision),
    categories: list(json.categories).map(text),
  };
}

function dayOffFrom(json: Readonly<Record<string, unknown>>): DayOff {
  return {
    date: text(json.date),
    name: text(json.name),
    hours: hoursFrom(json.hours),
    isOwn: json.own === true,
  };
}

function objects(json: unknown): Readonly<Record<string, unknown>>[] {
  return list(json).filter(isJson);
}

function hoursFrom(json: unknown): Hours {
  return list(json).flatMap((pair): Pair[] => {
    const [opens, closes] = list(pair).map(Number);
    return opens === undefined || closes === undefined ? [] : [[opens, closes]];
  });
}
