import type { Because, PreferredAs } from "./decisions.ts";

/** Words of work that is offered, and of what comes after it. */
export const words = {
  offers: "Offered to you",
  offered: (count: number) =>
    count === 1 ? "New conversation for you" : `${count} new conversations for you`,
  somebody: "A customer",
  from: (queue: string) => `from ${queue}`,
  accept: "Accept",
  decline: "Decline",
  minutes: (left: number) => `${left}m`,
  seconds: (left: number) => (left === 1 ? "1 second left" : `${left} seconds left`),
  announced: (who: string, queue: string | null, seconds: number) =>
    `New conversation for you: ${who}${queue === null ? "" : `, from ${queue}`}. ${seconds} seconds to accept.`,
  accepted: "Accepted. It is in My work.",
  open: "Open",
  title: (count: number) => (count === 1 ? "Accept?" : `Accept? ${count} wait`),
  why: {
    most_room: (room: string) => `You have the most room, with ${room}.`,
    longest_idle: (room: string) => `You have gone longest without new work, with ${room}.`,
    tie: (room: string) => `You have as much room as others, with ${room}.`,
    only_one: (room: string) => `You are the only one available for it, with ${room}.`,
    nobody: () => "",
    closed: () => "",
  } satisfies Record<Exclude<Because, "preferred">, (room: string) => string>,
  preferred: {
    by_hand: "Somebody wished for you.",
    rule: "Its rule prefers you.",
    last_agent: "You had this customer last.",
  } satisfies Record<PreferredAs, string>,
  room: (load: number, capacity: number) => `${load} of ${capacity} in hand`,
  inHand:
    "In hand is what takes of your capacity. Chats that have ended and what is snoozed take nothing; a queue may weigh more than 1.",
  gone: "This conversation is no longer offered to you: its time was up, or it went to a colleague.",
  ended: "The chat that was offered to you has ended.",
  notAnswered: (why: string) => `Your answer did not arrive. ${why}`,
  declined: "Declined. It waits for somebody else.",
  missed: "You missed an offer.",
  wrapUps: "Wrapping up",
  finish: "Finish",
  finishOf: (who: string) => `Finish wrapping up ${who}`,
  finishFailed: (why: string) => `It is still being wrapped up. ${why}`,
  sound: "Sound when work is offered",
};
