import type { Verdict } from "./trying.ts";

/** Words of the list of rules: what each does, where it stands, and what they say of a conversation. */
export const words = {
  /** "When …: into “Orders”, at priority 20." */
  says: (whom: string, then: string) => `When ${whom}: ${then}.`,
  saysOfAll: (then: string) => `Every conversation: ${then}.`,
  saysByProgram: (then: string) => `When it is as a program described it: ${then}.`,
  into: (queue: string) => `into “${queue}”`,
  gone: "a queue that is gone",
  atPriority: (priority: number) => `at priority ${priority}`,
  forSkilled: (skills: string) => `only to agents with ${skills}`,
  skill: (name: string, level: number) => (level <= 1 ? name : `${name} at level ${level} or more`),
  and: " and ",
  first: (agent: string) => `${agent} first`,
  hides: (rule: string) =>
    `“${rule}” matches every conversation, so the rules below it are never asked. Move it to the bottom.`,

  moveTop: (name: string) => `Move “${name}” to the top`,
  moveBottom: (name: string) => `Move “${name}” to the bottom`,
  keys: "With the keyboard: Alt and an arrow key move the rule you are on by one, with Shift to the top or the bottom.",

  tryTitle: "Try them",
  tryText:
    "Which rule would decide about a conversation as it is now, and why not the others. Nothing is changed.",
  pick: "A recent conversation",
  pickOne: "Pick one",
  paste: "Or its id, or the address of its page",
  lacksId: "This has no conversation's id in it: 24 letters and digits.",
  unknown: "There is no such conversation.",
  failed: (why: string) => `It could not be tried. ${why}`,
  tryIt: "Try",
  somebody: "A customer",
  result: "What the rules say",
  decides: (rule: string, queue: string) => `“${rule}” decides: it goes into “${queue}”.`,
  noneDecides: (queue: string) =>
    `No rule matches: what is new goes into “${queue}”, and what comes back into the queue it was in.`,
  givenUp: (queue: string) =>
    `The rules ask for so much that not all of them could be judged: what is new goes into “${queue}”, and what comes back into the queue it was in.`,
  verdicts: {
    decides: "Decides",
    matches_too: "Would match too, but a rule above decides",
    does_not_match: "Does not match",
    off: "Off, and passed over",
    not_judged: "Not judged: the rules above cost too much",
  } satisfies Record<Verdict, string>,
  becauseNot: (failed: string) => `Must not hold, and does: ${failed}`,
  because: (failed: string) => `Does not hold: ${failed}`,
};
