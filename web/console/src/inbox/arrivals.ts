import type { Desk } from "../desk/desk.ts";
import { currentDesk, subscribeToDesk } from "../desk/store.ts";
import { onForget } from "../session/session.ts";

/*
 * What is new to this agent is a matter of this window, as the toast is that said so; the server knows only what no
 * agent has looked at. A reload is the same window.
 */
const PREFIX = "kithdesk.arrived.";

/** Put back what was new to this agent before the reload. */
export function recallArrivals(desk: Desk): void {
  for (const id of stored(desk.me)) desk.arrived.add(id);
}

/** Keep what is new over reloads, until the returned function is called. */
export function keepArrivals(): () => void {
  let kept: string | null = null;
  return subscribeToDesk(() => {
    const { me, arrived } = currentDesk();
    const ids = [...arrived].join(" ");
    if (me === "" || ids === kept) return;
    kept = ids;
    attempt(() => sessionStorage.setItem(PREFIX + me, ids));
  });
}

onForget(() =>
  attempt(() => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }),
);

function stored(agent: string): readonly string[] {
  let ids = "";
  attempt(() => {
    ids = sessionStorage.getItem(PREFIX + agent) ?? "";
  });
  return ids.split(" ").filter((id) => id !== "");
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Storage is forbidden here: then what is new lasts as long as the page.
  }
}
