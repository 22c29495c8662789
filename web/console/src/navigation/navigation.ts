import { create } from "zustand";

import type { ListName } from "../desk/lists.ts";
import { askToLeave, hasUnsaved, hasUnsavedPage } from "./leaving.ts";
import { EMPTY_SEARCH, formatRoute, HOME, type Inbox, parseRoute, type Route, type Search } from "./route.ts";

interface Place {
  readonly route: Route;
  /** The desk as it was last on screen: where one comes back to from search and settings. */
  readonly inbox: Inbox;
}

/** The route, kept in step with the address. */
export const useNavigation = create<Place>(() => ({ route: HOME, inbox: HOME }));

export function startNavigation(): () => void {
  const read = () => show(parseRoute(location.hash));
  read();
  addEventListener("hashchange", followAddress);
  return () => removeEventListener("hashchange", followAddress);
}

/** By a link, the back button or by hand. The address is put back while one is asked whether to leave. */
function followAddress(): void {
  const { hash } = location;
  const stays = formatRoute(useNavigation.getState().route);
  if (hash === stays || !hasUnsaved()) {
    show(parseRoute(hash));
    return;
  }
  history.pushState(null, "", stays);
  askToLeave(() => history.back());
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
    if (how === "replace") history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
  }
  show(route);
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
