import { expect, it } from "vitest";

import { applyEvent } from "./apply-event.ts";
import {
  accept,
  anticipate,
  confirm,
  type Desk,
  emptyDesk,
  shownCounts,
  takeBack,
  takeCounts,
  takePage,
} from "./desk.ts";
import { isLoaded, LIST_NAMES, type ListName, sortKey } from "./lists.ts";
import { ME, randomOf, TinyServer } from "./testing.ts";
import type { Conversation, Status } from "./types.ts";

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);
const STATUSES: readonly Status[] = ["open", "snoozed", "done"];
const EVERYTHING = ["all", "snoozed", "done"] as const;

type Random = (below: number) => number;

/** A screen that is told of what happens, sometimes late, while it reads pages and single records in between. */
class Screen {
  readonly desk: Desk = emptyDesk(ME);
  readonly server: TinyServer;
  #told = 0;

  constructor(server: TinyServer) {
    this.server = server;
    this.#told = server.position;
  }

  load(name: ListName, size: number): void {
    const list = this.desk.lists[name];
    const skip = Math.floor(list.ids.length / size) * size;
    const rows = this.server.list(name);
    const isLast = skip + size >= rows.length;
    takePage(this.desk, name, rows.slice(skip, skip + size), { isFirst: list.horizon === null, isLast });
  }

  loadEverything(): void {
    for (const name of EVERYTHING) this.load(name, 1000);
  }

  count(): void {
    takeCounts(this.desk, this.server.counts(), this.server.position);
  }

  catchUp(): void {
    for (const { event, position } of this.server.journal.slice(this.#told))
      applyEvent(this.desk, event, position);
    this.#told = this.server.position;
  }

  /** What the screen does about what events could not tell. */
  askForTheRest(): void {
    for (const id of [...this.desk.missing.keys()]) confirm(this.desk, this.answer(id));
    if (this.desk.countsAreStale) this.count();
  }

  answer(id: string): Conversation {
    return { ...(this.server.conversations.get(id) as Conversation), position: this.server.position };
  }

  get isSure(): boolean {
    return this.desk.missing.size === 0 && !this.desk.countsAreStale;
  }

  /** The loaded part of every list is the server's, and so are the counts. */
  check(): void {
    for (const name of LIST_NAMES) {
      const list = this.desk.lists[name];
      const rows = this.server.list(name).filter((conversation) => isLoaded(list, sortKey(conversation)));
      expect(list.ids, name).toEqual(rows.map(({ id }) => id));
    }
    expect(this.desk.counts).toEqual(this.server.counts());
  }
}

function happen(server: TinyServer, random: Random): void {
  const ids = [...server.conversations.keys()];
  const id = ids[random(Math.max(1, ids.length))];
  const choice = random(10);
  if (id === undefined || choice === 0) server.open();
  else if (choice < 4) server.say(id, random(2) === 0 ? "in" : "out");
  else if (choice < 7) server.setStatus(id, STATUSES[random(3)] ?? "open");
  else server.assign(id, [[], [ME], ["other"]][random(3)] ?? []);
}

function busyServer(random: Random, steps: number): TinyServer {
  const server = new TinyServer();
  for (let step = 0; step < steps; step += 1) happen(server, random);
  return server;
}

/** HTTP answers of every kind, some of them old when they come. */
function answerSomething(screen: Screen, random: Random, late: Conversation[]): void {
  const ids = [...screen.server.conversations.keys()];
  if (random(10) === 0) screen.load(LIST_NAMES[random(LIST_NAMES.length)] ?? "all", 5 + random(30));
  if (random(3) === 0) late.push(screen.answer(ids[random(ids.length)] as string));
  if (random(3) === 0) for (const answer of late.splice(random(3))) confirm(screen.desk, answer);
}

it.each(SEEDS)("events in order make the lists and counts that a fresh reading would (seed %i)", (seed) => {
  const random = randomOf(seed);
  const screen = new Screen(busyServer(random, 40));
  screen.load("mine", 5);
  // Between the rows and the counts the world goes on.
  for (let step = 0; step < 4; step += 1) happen(screen.server, random);
  screen.count();
  if (seed % 2 === 0) screen.loadEverything();

  const late: Conversation[] = [];
  for (let step = 0; step < 200; step += 1) {
    happen(screen.server, random);
    answerSomething(screen, random, late);
    // The socket may be behind what HTTP answers meanwhile.
    if (random(3) === 0) continue;
    screen.catchUp();
    if (random(3) === 0) screen.askForTheRest();
    if (screen.isSure) screen.check();
  }
  screen.catchUp();
  screen.askForTheRest();
  screen.check();
});

it.each(SEEDS)("nothing is asked for when everything is loaded and nothing overtakes (seed %i)", (seed) => {
  const random = randomOf(seed * 7);
  const screen = new Screen(busyServer(random, 30));
  screen.loadEverything();
  screen.count();
  for (let step = 0; step < 100; step += 1) happen(screen.server, random);
  screen.catchUp();
  expect(screen.isSure).toBe(true);
  screen.check();
});

it.each(SEEDS)(
  "an agent's own actions show at once and settle to what the journal says (seed %i)",
  (seed) => {
    const random = randomOf(seed * 13);
    const screen = new Screen(busyServer(random, 30));
    const { desk, server } = screen;
    screen.loadEverything();
    screen.count();
    for (let step = 0; step < 40; step += 1) act(screen, random);
    expect(desk.pending.size).toBe(0);
    expect(shownCounts(desk)).toEqual(server.counts());
    screen.check();
  },
);

/** Mark something, be refused or not, and hear the answer before the event or after it. */
function act(screen: Screen, random: Random): void {
  const { desk, server } = screen;
  const id = [...server.conversations.keys()][random(server.conversations.size)] as string;
  const status = STATUSES[random(3)] ?? "open";
  const key = anticipate(desk, id, { status });
  expect(desk.conversations.get(id)?.status).toBe(status);
  if (random(4) === 0) {
    takeBack(desk, id, key);
    return;
  }
  server.setStatus(id, status);
  if (random(2) === 0) {
    accept(desk, id, key);
    screen.catchUp();
  } else {
    screen.catchUp();
    accept(desk, id, key);
  }
}
