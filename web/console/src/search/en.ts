import type { SearchKind } from "../navigation/route.ts";
import type { HitKind } from "./search.ts";

/** Words of searching. */
export const words = {
  title: "Search",
  placeholder: "Name, address, order number, or any words",
  clear: "Clear",
  kinds: {
    all: "Everything",
    customer: "Customers",
    conversation: "Conversations",
    message: "Messages",
    note: "Notes",
    kobject: "Orders and objects",
  } satisfies Record<SearchKind, string>,
  kindsLabel: "Look in",
  kind: {
    customer: "Customer",
    conversation: "Conversation",
    message: "Message",
    note: "Note",
    kobject: "Object",
  } satisfies Record<HitKind, string>,
  results: "Results",
  total: (total: number, isCapped: boolean) =>
    isCapped
      ? `More than ${total.toLocaleString()}`
      : total === 1
        ? "1 result"
        : `${total.toLocaleString()} results`,
  more: "Show more",
  searching: "Searching",
  slow: "Still searching…",
  failedTitle: "The search did not work",
  tryAgain: "Try again",
  startTitle: "Find anything a customer ever told you",
  startText:
    "Names and addresses, words from messages and notes, order numbers, telephone numbers in any spelling. A wrong letter in a name does no harm.",
  nothingTitle: (query: string) => `Nothing matches “${query}”`,
  nothingText: "Try fewer words, or the beginning of one.",
  nothingElsewhere: "Look in everything",
  claim: "They say: ",
  nameless: "Without a name",
  nobodys: (title: string) => `${title} belongs to no customer, so there is nothing to open.`,
  notOpened: (why: string) => `Not opened. ${why}`,
  everything: (query: string) => `Search for “${query}”`,
};
