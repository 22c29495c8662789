import { api } from "../api/api.ts";
import { confirm, confirmWhole, type Desk, emptyDesk, setListState, takeCounts, takePage } from "./desk.ts";
import { belongs, type Counts, type ListName } from "./lists.ts";
import {
  agentFromStatus,
  conversationFromResource,
  customerFromResource,
  numberOrNull,
  type Resource,
} from "./reading.ts";
import { changeDesk, currentDesk, replaceDesk } from "./store.ts";

const PAGE_SIZE = 50;
const SORT = "-lastActivityAt";
const MISSING_AT_ONCE = 50;

/** Read the screen anew: one list, the counts and the agents. Resolves with the position that all of it covers. */
export async function loadDesk(me: string, list: ListName, open: string | null): Promise<number> {
  const [page, agents, opened] = await Promise.all([
    fetchPage(list, me, 1),
    api.all("/v1/routing/statuses"),
    open === null ? null : api.get(`/v1/conversations/${open}`).catch(() => null),
  ]);
  // Counts last: then every event they lack is also one that the rows lack, and is counted when it comes.
  const counts = await fetchCounts();
  const desk = emptyDesk(me);
  keepWhatHttpDoesNotBring(desk, currentDesk());
  for (const agent of agents.data.map(agentFromStatus)) desk.agents.set(agent.id, agent);
  if (opened !== null) confirmWhole(desk, conversationFromResource(opened.data, opened.position));
  takePage(desk, list, page.rows, { isFirst: true, isLast: page.isLast });
  forgetWhatHasGone(desk);
  takeCounts(desk, counts.counts, counts.position);
  replaceDesk(desk);
  return Math.min(page.position, agents.position, opened?.position ?? page.position);
}

function keepWhatHttpDoesNotBring(desk: Desk, before: Desk): void {
  if (before.me !== desk.me) return;
  for (const [id, customer] of before.customers) desk.customers.set(id, customer);
  for (const id of before.strangers) desk.strangers.add(id);
  for (const [id, pending] of before.pending) desk.pending.set(id, pending);
  for (const id of before.arrived) desk.arrived.add(id);
}

/** Nothing is new that this agent has no longer, or that is done. */
function forgetWhatHasGone(desk: Desk): void {
  for (const id of desk.arrived) {
    const conversation = desk.confirmed.get(id);
    if (conversation !== undefined && !belongs("mine", conversation, desk.me)) desk.arrived.delete(id);
  }
}

/** The next page of a list; the first when nothing is loaded. Asking while one is on its way does nothing. */
export async function loadMore(name: ListName): Promise<void> {
  const desk = currentDesk();
  const list = desk.lists[name];
  if (list.state === "loading" || (list.state === "ready" && list.isComplete)) return;
  const isFirst = list.horizon === null;
  // Rows that left the list moved the rest up on the server: the page is found by what is here now, and may overlap.
  const page = Math.floor(list.ids.length / PAGE_SIZE) + 1;
  changeDesk((current) => setListState(current, name, "loading"));
  try {
    const { rows, isLast } = await fetchPage(name, desk.me, page);
    changeIfStill(desk, () => takePage(desk, name, rows, { isFirst, isLast }));
  } catch {
    changeIfStill(desk, () => setListState(desk, name, "failed"));
  }
}

export async function loadCounts(): Promise<void> {
  const desk = currentDesk();
  const { counts, position } = await fetchCounts();
  changeIfStill(desk, () => takeCounts(desk, counts, position));
}

/** A resync may have put another desk in the place of the one that asked, and an answer to that one is no part of it. */
function changeIfStill(asked: Desk, change: () => void): void {
  if (currentDesk() === asked) changeDesk(change);
}

/** Conversations that events named and no list had brought. One request for all of them. */
export async function loadMissing(): Promise<void> {
  const ids = [...currentDesk().missing.keys()].slice(0, MISSING_AT_ONCE);
  if (ids.length === 0) return;
  const { data, position } = await api.get<Resource | readonly Resource[]>(
    `/v1/conversations/${ids.join(",")}`,
  );
  changeDesk((desk) => {
    for (const resource of [data].flat()) confirm(desk, conversationFromResource(resource, position));
    // What was asked for and not given is not this agent's to see.
    for (const id of ids) if ((desk.missing.get(id) ?? 0) <= position) desk.missing.delete(id);
  });
}

/** One conversation by its id, with its pages. */
export async function loadConversation(id: string): Promise<void> {
  const { data, position } = await api.get(`/v1/conversations/${id}`);
  changeDesk((desk) => confirmWhole(desk, conversationFromResource(data, position)));
}

export async function loadCustomer(id: string): Promise<void> {
  const { data } = await api.get(`/v1/customers/${id}`);
  changeDesk((desk) => {
    desk.customers.set(id, customerFromResource(data));
    desk.strangers.delete(id);
    desk.version += 1;
  });
}

export async function loadAgents(): Promise<void> {
  const { data } = await api.all("/v1/routing/statuses");
  changeDesk((desk) => {
    for (const agent of data.map(agentFromStatus)) desk.agents.set(agent.id, agent);
    desk.version += 1;
  });
}

async function fetchPage(list: ListName, me: string, page: number) {
  const { data, meta, position } = await api.list(
    `/v1/conversations?${queryOf(list, me)}&sort=${SORT}&page=${page}&pageSize=${PAGE_SIZE}`,
  );
  const rows = data.map((resource) => conversationFromResource(resource, position));
  return { rows, position, isLast: page >= (numberOrNull(meta.totalPages) ?? page) };
}

function queryOf(list: ListName, me: string): string {
  switch (list) {
    case "mine":
      return `status=open&assignedUser=${me}`;
    case "unassigned":
      return "status=open&assignedUser=none";
    case "all":
      return "status=open";
    case "snoozed":
      return "status=snoozed";
    case "done":
      return "status=done";
  }
}

async function fetchCounts(): Promise<{ counts: Counts; position: number }> {
  const { data, position } = await api.get("/v1/conversations/counts");
  const number = (name: string) => numberOrNull(data.attributes[name]) ?? 0;
  return {
    counts: {
      mine: number("mine"),
      unassigned: number("unassigned"),
      all: number("all"),
      snoozed: number("snoozed"),
      done: number("done"),
    },
    position,
  };
}
