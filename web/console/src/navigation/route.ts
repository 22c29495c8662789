import { LIST_NAMES, type ListName } from "../desk/lists.ts";

/**
 * Where the agent is, in the address after `#`: it survives reload, can be sent to a colleague, and never reaches
 * the server or a log.
 *
 *     #/inbox/LIST             a list              #/search/KIND/WORDS   what was looked for
 *                                                  #/search/KIND/WORDS/ID  and with which customer
 *     #/inbox/LIST/ID          a conversation      #/settings/PAGE/…     an administrator's pages
 *     #/inbox/LIST/ID/customer (phone) its customer
 *     #/view/VIEW/…            the same, among the rows of a saved view
 *     #/board                  the live board      #/board/wall   the same for a screen on the wall
 *     #/customer/ID            a customer by themselves
 *     #/company/ID             a company, and who is of it
 *     #/link/TOKEN             a one-time sign-in link
 *     #/setup/TOKEN            choose the first password
 */
export type Route = Inbox | Search | Settings | LiveBoard | CustomerRecord | CompanyRecord | Door;

export interface Inbox {
  readonly screen: "inbox";
  readonly list: ListName;
  /** A saved view, whose rows are shown in place of the list's. */
  readonly view: string | null;
  readonly conversation: string | null;
  readonly pane: "main" | "customer";
}

export interface Search {
  readonly screen: "search";
  readonly kind: SearchKind;
  readonly query: string;
  /** Only what was said with them, or is kept of them. */
  readonly customer: string | null;
}

export interface Settings {
  readonly screen: "settings";
  /** The page, and what of it: `["attributes", "company"]`. Empty is the list of pages. */
  readonly path: readonly string[];
}

export interface LiveBoard {
  readonly screen: "board";
  readonly isWall: boolean;
}

export interface CustomerRecord {
  readonly screen: "customer";
  readonly id: string;
}

export interface CompanyRecord {
  readonly screen: "company";
  readonly id: string;
}

export type Door =
  | { readonly screen: "link"; readonly token: string }
  | { readonly screen: "setup"; readonly token: string };

export const SEARCH_KINDS = [
  "all",
  "customer",
  "company",
  "conversation",
  "message",
  "note",
  "kobject",
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

export const EMPTY_SEARCH: Search = { screen: "search", kind: "all", query: "", customer: null };

export const HOME: Inbox = { screen: "inbox", list: "mine", view: null, conversation: null, pane: "main" };

const AN_ID = /^[\w-]{1,64}$/u;

export function parseRoute(hash: string): Route {
  const parts = hash
    .replace(/^#?\/?/u, "")
    .split("/")
    .map(decoded);
  const [screen = "", second = "", third = "", fourth = ""] = parts;
  switch (screen) {
    case "link":
    case "setup":
      return second === "" ? HOME : { screen, token: second };
    case "search":
      return {
        screen,
        kind: isOneOf(SEARCH_KINDS, second) ? second : "all",
        query: third,
        customer: AN_ID.test(fourth) ? fourth : null,
      };
    case "customer":
    case "company":
      return AN_ID.test(second) ? { screen, id: second } : HOME;
    case "board":
      return { screen, isWall: second === "wall" };
    case "settings":
      return { screen, path: parts.slice(1).filter((part) => AN_ID.test(part)) };
    default:
      return parseInbox(parts);
  }
}

function parseInbox([screen = "", place = "", third = "", fourth = ""]: readonly string[]): Inbox {
  const view = screen === "view" && AN_ID.test(place) ? place : null;
  const list = screen === "inbox" && isOneOf(LIST_NAMES, place) ? place : null;
  if (view === null && list === null) return HOME;
  const conversation = AN_ID.test(third) ? third : null;
  return {
    screen: "inbox",
    list: list ?? "all",
    view,
    conversation,
    pane: conversation !== null && fourth === "customer" ? "customer" : "main",
  };
}

export function formatRoute(route: Route): string {
  return `#/${partsOf(route).map(encodeURIComponent).join("/")}`;
}

function partsOf(route: Route): readonly string[] {
  switch (route.screen) {
    case "link":
    case "setup":
      return [route.screen, route.token];
    case "search":
      if (route.customer !== null) return [route.screen, route.kind, route.query, route.customer];
      return route.query === "" ? [route.screen, route.kind] : [route.screen, route.kind, route.query];
    case "customer":
    case "company":
      return [route.screen, route.id];
    case "board":
      return route.isWall ? [route.screen, "wall"] : [route.screen];
    case "settings":
      return [route.screen, ...route.path];
    case "inbox": {
      const place = route.view === null ? ["inbox", route.list] : ["view", route.view];
      if (route.conversation === null) return place;
      const pane = route.pane === "customer" ? ["customer"] : [];
      return [...place, route.conversation, ...pane];
    }
  }
}

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return (names as readonly string[]).includes(name);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
