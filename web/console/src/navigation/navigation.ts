import { create } from "zustand";

import type { ListName } from "../desk/lists.ts";
import { formatRoute, HOME, parseRoute, type Route } from "./route.ts";

/** The route, kept in step with the address. */
export const useNavigation = create<{ readonly route: Route }>(() => ({ route: HOME }));

export function startNavigation(): () => void {
  const read = () => useNavigation.setState({ route: parseRoute(location.hash) });
  read();
  addEventListener("hashchange", read);
  return () => removeEventListener("hashchange", read);
}

/** `replace` leaves no step behind: walking through a list with j and k is one place for the back button. */
export function go(route: Route, how: "push" | "replace" = "push"): void {
  const hash = formatRoute(route);
  if (hash !== location.hash) {
    if (how === "replace") history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
  }
  useNavigation.setState({ route });
}

export function goToList(list: ListName): void {
  go({ screen: "inbox", list, conversation: null, pane: "main" });
}

export function openConversation(conversation: string, how: "push" | "replace" = "push"): void {
  const { route } = useNavigation.getState();
  const list = route.screen === "inbox" ? route.list : "mine";
  go({ screen: "inbox", list, conversation, pane: "main" }, how);
}

export function closeConversation(): void {
  const { route } = useNavigation.getState();
  if (route.screen === "inbox") go({ ...route, conversation: null, pane: "main" });
}

export function showPane(pane: "main" | "customer"): void {
  const { route } = useNavigation.getState();
  if (route.screen === "inbox" && route.conversation !== null) go({ ...route, pane });
}

/** The list and the conversation on screen. */
export function currentPlace(): { list: ListName; conversation: string | null } {
  const { route } = useNavigation.getState();
  return route.screen === "inbox"
    ? { list: route.list, conversation: route.conversation }
    : { list: "mine", conversation: null };
}
