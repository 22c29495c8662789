import { api } from "../../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";
import { words } from "./serving-en.ts";

const PATH = "/v1/routing/queue-staffing";

/** Those who may be given what waits in a queue, as one team. */
export interface Crew {
  /** Null: agents who are in no team with queues of its own. */
  readonly team: string | null;
  readonly name: string;
  readonly members: number;
  /** Not offline, and at work as this team. */
  readonly here: number;
  readonly available: number;
  /** Not offline, and at work as another. */
  readonly elsewhere: number;
}

/** Who serves a queue. */
export interface Staffing {
  /** False: what waits there waits for nobody. */
  readonly isServed: boolean;
  readonly here: number;
  readonly crews: readonly Crew[];
}

export type AllStaffing = ReadonlyMap<string, Staffing>;

export async function loadStaffing(): Promise<AllStaffing> {
  const { data } = await api.all(PATH);
  const all = new Map(data.map((one) => [one.id, staffingFrom(one)]));
  return isAnyTeamRouted(all) ? all : new Map([...all].map(([id, one]) => [id, byEverybody(one)]));
}

/** Who serves a queue that no team has among its own. */
export function withoutTeam({ isServed, crews }: Staffing): "all" | "others" | "nobody" {
  if (!isServed) return "nobody";
  return crews.some(({ name }) => name === words.everyAgent) ? "all" : "others";
}

/** That what comes into it is given to nobody, and why. */
export function unservedInWords({ crews }: Staffing): string {
  return crews.some(({ team }) => team !== null) ? words.noMembers : words.nobody;
}

/** In a line: "Order desk: 2 of 3 here". */
export function crewsInWords({ crews }: Staffing): readonly string[] {
  return crews.map(({ name, here, members }) => words.crew(name, here, members));
}

function isAnyTeamRouted(all: AllStaffing): boolean {
  return [...all.values()].some(({ crews }) => crews.some(({ team }) => team !== null));
}

/** Where no team serves anything, the agents of no such team are simply all. */
function byEverybody(staffing: Staffing): Staffing {
  return { ...staffing, crews: staffing.crews.map((crew) => ({ ...crew, name: words.everyAgent })) };
}

function staffingFrom({ attributes: json }: Resource): Staffing {
  return {
    isServed: json.served === true,
    here: numberOrNull(json.here) ?? 0,
    crews: list(json.teams).filter(isJson).map(crewFrom),
  };
}

function crewFrom(json: Readonly<Record<string, unknown>>): Crew {
  const count = (name: string) => numberOrNull(json[name]) ?? 0;
  return {
    team: textOrNull(json.team),
    name: text(json.name) || words.otherAgents,
    members: count("members"),
    here: count("here"),
    available: count("available"),
    elsewhere: count("elsewhere"),
  };
}
