import { Refused } from "@kithdesk/api-client";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { numberOrNull, type Resource } from "../desk/reading.ts";
import { onForget } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import { PART_VIEWS } from "./unassigned.ts";

/*
 * Marking all chats done that ended unanswered: one after the other, as an agent would, each as it was listed, and
 * opening them again as they were when they were done. What has changed since is left as it is. It goes on while the agent is elsewhere, can be stopped, and be taken back.
 */
export interface Closing {
  readonly done: number;
  readonly of: number;
  readonly kind: "closing" | "reopening";
}

export const useClosing = create<{ readonly closing: Closing | null }>(() => ({ closing: null }));

const PAGE_SIZE = 100;
/** Beside what others do at the same time. */
const AT_ONCE = 4;

let isStopped = false;

onForget(() => stopClosing());

export function stopClosing(): void {
  isStopped = true;
}

/** All that are there as it begins. */
export async function closeEnded(): Promise<void> {
  if (useClosing.getState().closing !== null) return;
  begin("closing", 0);
  try {
    const found = await listEnded();
    sayClosed(found.length, await each("closing", found, "done"));
  } catch (error) {
    sayFailed(error);
  } finally {
    useClosing.setState({ closing: null });
  }
}

async function reopen(closed: readonly Resource[]): Promise<void> {
  if (useClosing.getState().closing !== null) return;
  begin("reopening", closed.length);
  const { done, changed, problem } = await each("reopening", closed, "open");
  useClosing.setState({ closing: null });
  const text = words.closing.reopened(done.length);
  showToast(changed > 0 ? `${text} ${words.closing.changed(changed)}` : text);
  if (problem !== null) sayFailed(problem);
}

function begin(kind: Closing["kind"], of: number): void {
  isStopped = false;
  useClosing.setState({ closing: { done: 0, of, kind } });
}

function sayClosed(found: number, { done, changed, problem }: Outcome): void {
  const left = found - done.length - changed;
  const text = [
    words.closing.closed(done.length),
    ...(changed > 0 ? [words.closing.changed(changed)] : []),
    ...(left > 0 ? [words.closing.stopped(left)] : []),
  ].join(" ");
  if (done.length === 0) showToast(text);
  else showToast(text, { action: { label: words.undo, run: () => void reopen(done), isUndo: true } });
  if (problem !== null) sayFailed(problem);
}

function sayFailed(problem: unknown): void {
  showToast(words.closing.failed(wordsFor(problem)), { tone: "problem" });
}

/** Before the first is closed: what is closed is on no page any more. */
async function listEnded(): Promise<readonly Resource[]> {
  const { context, query } = PART_VIEWS.ended;
  const found: Resource[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/v1/conversations/search?page=${page}&pageSize=${PAGE_SIZE}`;
    const { data, meta } = await api.post<readonly Resource[]>(path, { ...query, queryContext: context });
    found.push(...data);
    const pages = numberOrNull(meta.totalPages) ?? page;
    if (isStopped || data.length === 0 || page >= pages) return found;
  }
}

/** What came of it. `done`: as they are by then. `changed`: what was not as it was listed, and so was left to whoever changed it. */
interface Outcome {
  readonly done: readonly Resource[];
  readonly changed: number;
  readonly problem: unknown;
}

async function each(
  kind: Closing["kind"],
  all: readonly Resource[],
  status: "done" | "open",
): Promise<Outcome> {
  const done: Resource[] = [];
  const left = [...all];
  let changed = 0;
  let problem: unknown = null;
  const tell = () => useClosing.setState({ closing: { done: done.length + changed, of: all.length, kind } });
  const worker = async () => {
    for (let one = left.shift(); one !== undefined && !isStopped; one = left.shift()) {
      try {
        const { id, attributes } = one;
        const body = { status, rev: attributes.rev };
        done.push((await api.put<Resource>(`/v1/conversations/${id}`, body)).data);
      } catch (error) {
        if (isTheirs(error)) changed += 1;
        else {
          problem = error;
          isStopped = true;
        }
      }
      tell();
    }
  };
  tell();
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { done, changed, problem };
}

/** Somebody did something with it, or it is gone. */
function isTheirs(error: unknown): boolean {
  return error instanceof Refused && (error.status === 409 || error.status === 404);
}
