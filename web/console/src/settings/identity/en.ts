import { SECOND, spokenWords } from "../../app/lengths.ts";
import type { Language } from "./snippets.ts";

/** Words of the page on who is writing. */
export const words = {
  title: "Identity",
  text: "Your shop tells the chat who a signed-in customer is with a token that only your server can sign. Here is the secret for it, and what is wrong when a token is refused.",
  secrets: "Secrets",
  secretsText: "Your server signs with the newest one. Keep it out of pages and apps.",
  newest: "Newest",
  value: "Identity secret",
  show: "Show",
  hide: "Hide",
  hidden: "••••••••••••••••••••••••",
  created: "Made",
  endsAt: (time: string) => `ends ${time}`,
  ended: (time: string) => `ended ${time}`,
  end: "End now",
  endOne: (time: string) => `End the secret made ${time}`,
  endTitle: "End this secret now?",
  endText:
    "Tokens that are still signed with it are refused from this moment. Whoever is logged in stays so.",
  didEnd: "The secret has ended",
  rotate: "Make a new secret",
  rotateTitle: "Make a new secret",
  rotateText:
    "The old one goes on working for as long as you choose, so that you can change your servers one after another. Whoever is logged in stays so.",
  overlap: "The old one works for",
  overlaps: [
    ["24", "24 hours"],
    ["1", "1 hour"],
    ["72", "3 days"],
    ["168", "7 days"],
    ["0", "No longer: it is known to somebody"],
  ] as const,
  didRotate: "There is a new secret. Put it on your servers before the old one ends.",
  failed: (why: string) => `Nothing was changed. ${why}`,
  cancel: "Cancel",
  debugger: "Why is a token refused?",
  debuggerText:
    "Paste one that your server made. It is looked at once; it is not kept, and nobody is logged in.",
  token: "Token",
  tokenPlaceholder: "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…",
  check: "Check",
  checking: "Checking",
  accepted: "The chat takes this token",
  refused: "The chat refuses this token",
  reason: "Reason",
  who: "Logs in",
  by: { email: "email", externalId: "external id" } as Readonly<Record<string, string>>,
  known: "A customer you have",
  unknown: "Nobody yet: a customer is made at the first login",
  name: "Name",
  age: "Signed",
  ages: (seconds: number, time: string) =>
    seconds < 0
      ? `${spokenWords(-seconds * SECOND)} ahead of our clock (${time})`
      : `${spokenWords(seconds * SECOND)} ago (${time})`,
  writes: "Writes to the record",
  ignores: "Passed over",
  header: "Header",
  claims: "Claims",
  sign: "Sign on your server",
  signText: "Make the token when the page asks for it: it is good for 15 minutes.",
  languages: "Languages",
  language: { node: "Node", python: "Python", php: "PHP", ruby: "Ruby", go: "Go" } satisfies Record<
    Language,
    string
  >,
  snippet: (language: string) => `Signing in ${language}`,
  page: "Log in on the page",
  pageText: "Where your page knows its customer, give the chat the token.",
  pageSnippet: "On the page",
};
