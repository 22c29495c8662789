import { create } from "zustand";

import type { ListName } from "../desk/lists.ts";
import { askToLeave, hasUnsaved, hasUnsavedPage } from "./leaving.ts";
import { EMPTY_SEARCH, formatRoute, HOME, type Inbox, parseRoute, type Route, type Search } from "./route.ts";
import { closerOfUppermost } from "./stepping-back.ts";

interface Place {
  readonly route: Route;
  /** The desk as it was last on screen: where one comes back to from search and settings. */
  readonly inbox: Inbox;
}

/** The route, kept in step with the address. */
export const useNavigation = create<Place>(() => ({ route: HOME, inbox: HOME }));

/** Each step of the history carries its number: the back button is told from a link or an address typed by hand. */
let step = 0;
/** Asked whether to leave, they said yes. */
let isLeaving = false;

export function startNavigation(): () => void {
  step = stepOf(history.state) ?? 0;
  history.replaceState({ step }, "");
  show(parseRoute(location.hash));
  addEventListener("hashchange", followAddress);
  return () => removeEventListener("hashchange", followAddress);
}

/** By a link, the back button or by hand. The address is put back while one is asked whether to leave. */
function followAddress(): void {
  const { hash } = location;
  const stays = formatRoute(useNavigation.getState().route);
  const steppedTo = stepOf(history.state);
  const close = isLeaving || steppedTo === null || hash === stays ? null : closerOfUppermost();
  if (close !== null && steppedTo !== null && steppedTo !== step) {
    // To where one was by the history itself: a step written anew would lose those after it.
    history.go(step - steppedTo);
    close();
    return;
  }
  const isAsked = hash !== stays && !isLeaving && hasUnsaved();
  isLeaving = false;
  step = steppedTo ?? step + 1;
  history.replaceState({ step }, "");
  if (!isAsked) {
    show(parseRoute(hash));
    return;
  }
  step += 1;
  history.pushState({ step }, "", stays);
  askToLeave(() => {
    isLeaving = true;
    history.back();
  });
}

/**
 * `replace` leaves no step behind: walking through a list with j and k is one place for the back button. Asks first when
 * something is filled in and not saved.
 */
export function go(route: Route, how: "push" | "replace" = "push"): void {
  const stays = formatRoute(route) === formatRoute(useNavigation.getState().route);
  if (stays || !hasUnsavedPage()) move(route, how);
  else askToLeave(() => move(route, how));
}

function move(route: Route, how: "push" | "replace"): void {
  const hash = formatRoute(route);
  if (hash !== location.hash) {
    if (how === "push") step += 1;
    if (how === "replace") history.replaceState({ step }, "", hash);
    else history.pushState({ step }, "", hash);
  }
  show(route);
}

function stepOf(state: unknown): number | null {
  const { step: known } = (state ?? {}) as { readonly step?: unknown };
  return typeof known === "number" ? known : null;
}

function show(route: Route): void {
  useNavigation.setState(({ inbox }) => ({ route, inbox: route.screen === "inbox" ? route : inbox }));
}

export function goToList(list: ListName): void {
  go({ ...HOME, list });
}

export function goToView(view: string): void {
  go({ ...HOME, list: "all", view });
}

/** Back from search or settings to the desk as it was left. */
export function goToDesk(): void {
  go(useNavigation.getState().inbox);
}

export function goToBoard(): void {
  go({ screen: "board", isWall: false });
}

export function goToSettings(...path: readonly string[]): void {
  go({ screen: "settings", path });
}

/** `narrowed`: to one kind, or to one customer. */
export function goToSearch(
  query: string,
  narrowed: Partial<Pick<Search, "kind" | "customer">> = {},
  how: "push" | "replace" = "push",
): void {
  go({ ...EMPTY_SEARCH, ...narrowed, query }, how);
}

export function openConversation(conversation: string, how: "push" | "replace" = "push"): void {
  go({ ...useNavigation.getState().inbox, conversation, pane: "main" }, how);
}

export function closeConversation(): void {
  const { route } = useNavigation.getState();
  if (route.screen === "inbox") go({ ...route, conversation: null, pane: "main" });
}

export function showPane(pane: "main" | "customer"): void {
  const { route } = useNavigation.getState();
  if (route.screen === "inbox" && route.conversation !== null) go({ ...route, pane });
}

export function isAtDesk(): boolean {
  return useNavigation.getState().route.screen === "inbox";
}

/** The list and the conversation on screen. */
export function currentPlace(): { list: ListName; conversation: string | null } {
  const { route, inbox } = useNavigation.getState();
  return { list: inbox.list, conversation: route.screen === "inbox" ? route.conversation : null };
}
