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
    company: "Companies",
    conversation: "Conversations",
    message: "Messages",
    note: "Notes",
    kobject: "Orders and objects",
  } satisfies Record<SearchKind, string>,
  kindsLabel: "Look in",
  kind: {
    customer: "Customer",
    company: "Company",
    conversation: "Conversation",
    message: "Message",
    note: "Note",
    kobject: "Object",
  } satisfies Record<HitKind, string>,
  results: "Results",
  customers: (count: number) =>
    count === 0 ? "no customers" : count === 1 ? "1 customer" : `${count.toLocaleString()} customers`,
  of: (name: string) => `Only with ${name}`,
  ofOne: "Only with one customer",
  customerGone: "This customer is not there. The record may have been deleted.",
  everybody: "Look with everybody",
  startWithTitle: (name: string) => `Find anything ${name} ever told you`,
  startWithText: "Words from messages and notes, and what is kept of them: orders and other objects.",
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
