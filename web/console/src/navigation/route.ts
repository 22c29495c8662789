import { LIST_NAMES, type ListName } from "../desk/lists.ts";

/**
 * Where the agent is, in the address after `#`: it survives reload, can be sent to a colleague, and never reaches
 * the server or a log.
 *
 *     #/inbox/LIST            a list            #/link/TOKEN     a one-time sign-in link
 *     #/inbox/LIST/ID         a conversation    #/setup/TOKEN    choose the first password
 *     #/inbox/LIST/ID/customer                  (phone) the customer of it
 */
export type Route =
  | {
      readonly screen: "inbox";
      readonly list: ListName;
      readonly conversation: string | null;
      readonly pane: "main" | "customer";
    }
  | { readonly screen: "link"; readonly token: string }
  | { readonly screen: "setup"; readonly token: string };

export const HOME: Route = { screen: "inbox", list: "mine", conversation: null, pane: "main" };

export function parseRoute(hash: string): Route {
  const [screen = "", second = "", third = "", fourth = ""] = hash
    .replace(/^#?\/?/u, "")
    .split("/")
    .map(decoded);
  if ((screen === "link" || screen === "setup") && second !== "") return { screen, token: second };
  if (screen !== "inbox" || !isListName(second)) return HOME;
  const conversation = /^[\w-]{1,64}$/u.test(third) ? third : null;
  return {
    screen,
    list: second,
    conversation,
    pane: conversation !== null && fourth === "customer" ? "customer" : "main",
  };
}

export function formatRoute(route: Route): string {
  if (route.screen !== "inbox") return `#/${route.screen}/${encodeURIComponent(route.token)}`;
  const parts: string[] = [route.screen, route.list];
  if (route.conversation !== null) parts.push(route.conversation);
  if (route.conversation !== null && route.pane === "customer") parts.push("customer");
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

function isListName(name: string): name is ListName {
  return (LIST_NAMES as readonly string[]).includes(name);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
