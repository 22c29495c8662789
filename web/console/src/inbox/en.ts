import type { ListName } from "../desk/lists.ts";

/** Words of the lists. */
export const words = {
  lists: "Lists",
  names: {
    mine: "My work",
    unassigned: "Unassigned",
    all: "All open",
    snoozed: "Snoozed",
    done: "Done",
  } satisfies Record<ListName, string>,
  /** What is counted, where other counts near it are of something else. */
  counted: {
    mine: "Your open conversations. Those whose chat has ended are among them, and take nothing of your capacity.",
    unassigned:
      "Open conversations that nobody has: those that wait, and those whose chat ended unanswered. The board counts the first.",
  } satisfies Partial<Record<ListName, string>> as Partial<Record<ListName, string>>,
  count: (count: number) => (count === 1 ? "1 conversation" : `${count.toLocaleString()} conversations`),
  partsOf: "Parts of what nobody has",
  parts: {
    all: "All",
    waiting: { name: "Waiting", title: "Waiting" },
    ended: { name: "Ended", title: "Ended unanswered" },
  },
  undo: "Undo",
  closing: {
    about: "These customers left before anybody answered.",
    all: (count: number) => (count === 1 ? "Mark it done" : `Mark all ${count.toLocaleString()} done`),
    ask: (count: number) =>
      count === 1 ? "Mark 1 conversation done?" : `Mark ${count.toLocaleString()} conversations done?`,
    text: "Nobody has answered them. They stay to be found under Done, and nothing in them is lost.",
    cancel: "Cancel",
    going: {
      closing: (done: number, of: number) =>
        of === 0
          ? "Looking for what has ended…"
          : `Marked ${done.toLocaleString()} of ${of.toLocaleString()} done`,
      reopening: (done: number, of: number) =>
        `Opened ${done.toLocaleString()} of ${of.toLocaleString()} again`,
    },
    stop: "Stop",
    closed: (count: number) =>
      count === 1 ? "1 conversation is done." : `${count.toLocaleString()} conversations are done.`,
    changed: (count: number) =>
      count === 1
        ? "1 had changed meanwhile and is as it was."
        : `${count.toLocaleString()} had changed meanwhile and are as they were.`,
    stopped: (count: number) => `${count.toLocaleString()} are left.`,
    reopened: (count: number) =>
      count === 1
        ? "1 conversation is open again."
        : `${count.toLocaleString()} conversations are open again.`,
    failed: (why: string) => `Not all could be marked. ${why}`,
  },
  filter: "Filter this list",
  find: "Find anything, or do something",
  clearFilter: "Clear filter",
  filterNothing: "Nothing in this list matches",
  filterNothingMore: "More of this list loads as you scroll; what has not loaded is not searched.",
  failed: "This list could not be loaded.",
  moreFailed: "The rest of this list could not be loaded.",
  tryAgain: "Try again",
  loading: "Loading conversations",
  unread: "Unread",
  arrived: "New to you",
  unsent: "Something you sent did not arrive",
  handedOver: (by: string, customer: string) => `${by} gave you the conversation with ${customer}`,
  open: "Open",
  waiting: (time: string) => `waiting since ${time}`,
  waitingTitle: (time: string) => `The customer has been waiting since ${time}`,
  endedUnanswered: "The chat ended unanswered",
  snoozedUntil: (time: string) => `snoozed until ${time}`,
  assignedTo: (name: string) => `assigned to ${name}`,
  unassigned: "unassigned",
  fromAgent: "Answered: ",
  automatic: "Automatic message: ",
  byEmail: "Email: ",
  attachment: "Attachment",
  nothingSaid: "Nothing said yet",
  empty: {
    mine: {
      title: "Nothing is waiting for you",
      text: "Conversations assigned to you appear here the moment they are.",
    },
    unassigned: {
      title: "Nobody is waiting",
      text: "New conversations that no agent has taken yet appear here.",
    },
    all: {
      title: "No open conversations",
      text: "Everything is done or snoozed. New conversations appear here.",
    },
    snoozed: {
      title: "Nothing is snoozed",
      text: "Snooze a conversation with S, and it comes back at the time you pick.",
    },
    done: {
      title: "Nothing is done yet",
      text: "Mark a conversation done with E. It opens again when the customer writes.",
    },
  } satisfies Record<ListName, { title: string; text: string }>,
  makeAvailable: "You are not available, so no new work is given to you.",
};
