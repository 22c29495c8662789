import { api } from "../api/api.ts";
import { serverNow } from "../api/clock.ts";
import { wordsFor } from "../api/errors.ts";
import { changeDesk, currentDesk } from "../desk/store.ts";
import type { Agent, Presence } from "../desk/types.ts";
import { useSession } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";

const ORDER: Readonly<Record<Presence, number>> = { available: 0, busy: 1, unavailable: 2, offline: 3 };

/** Colleagues who are here, the available ones first. Names are compared as the reader's language does. */
export function colleaguesHere(agents: Iterable<Agent>, me: string): Agent[] {
  return [...agents]
    .filter(({ id, status }) => id !== me && status !== "offline")
    .sort(
      (one, other) =>
        ORDER[one.status] - ORDER[other.status] || one.displayName.localeCompare(other.displayName),
    );
}

/** A reason as a person reads it: one's own words, or what the program's code stands for. */
export function reasonWords(reason: string): string {
  return reason in words.because ? words.because[reason as keyof typeof words.because] : reason;
}

/** Whoever reads this is not offline in any way they would call so. */
export function myStatusWords(status: Presence): string {
  return status === "offline" ? words.mineOffline : words.status[status];
}

/** Shown at once; the journal's own word follows, and a refusal takes it back. Resolves with whether it is so. */
export async function setMyStatus(
  status: Exclude<Presence, "offline">,
  reason: string | null,
): Promise<boolean> {
  const { me } = useSession.getState();
  if (me === null) return false;
  const before = currentDesk().agents.get(me.id);
  const mine: Agent = {
    load: null,
    capacity: null,
    ...before,
    id: me.id,
    displayName: me.displayName,
    status,
    reason,
    changedAt: new Date(serverNow()).toISOString(),
  };
  put(mine);
  try {
    await api.put(`/v1/routing/users/${me.id}/status`, { status, ...(reason === null ? {} : { reason }) });
    return true;
  } catch (error) {
    if (currentDesk().agents.get(me.id) === mine) put(before ?? { ...mine, status: "offline", reason: null });
    showToast(`${words.failed} ${wordsFor(error)}`, { tone: "problem" });
    return false;
  }
}

/** As which of one's teams one is given work from now on. The status stays; it comes back with the journal. */
export async function workAs(team: string): Promise<void> {
  const { me, agents } = currentDesk();
  const mine = agents.get(me);
  const status = mine?.status ?? "offline";
  // The program's reasons are not theirs to give.
  const isOwn = mine?.reason != null && !(mine.reason in words.because);
  const reason = isOwn ? { reason: mine.reason } : {};
  try {
    await api.put(`/v1/routing/users/${me}/status`, { status, ...reason, team });
  } catch (error) {
    showToast(`${words.failed} ${wordsFor(error)}`, { tone: "problem" });
  }
}

export function goAvailable(): void {
  void setMyStatus("available", null);
}

function put(agent: Agent): void {
  changeDesk((desk) => {
    desk.agents.set(agent.id, agent);
    desk.version += 1;
  });
}
