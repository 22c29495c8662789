/**
 * Who this browser is to the server. Nothing is stored, and no identity exists, before the visitor writes or the
 * page logs them in. First-party cookie and localStorage mirror each other: either may be blocked, or cleared.
 */
import { forgetPages } from "./path.ts";
import { ask, key } from "./server.ts";
import { attempt, keep, kept } from "./storage.ts";

const NAMES = ["kithdesk-identity", "kustomer-identity"];
/** What the panel has kept here: unsent messages, and whether a conversation is going on. */
export const NOTE = "kithdesk-chat-";

export interface Login {
  identified: boolean;
  /** The browser was somebody else's until now. */
  anotherPerson?: boolean;
  customerId: string | null;
  email?: string;
  externalId?: string;
}

/** Empty: nobody yet. */
export let token = "";
let name = NAMES[0] as string;
let creating: Promise<void> | null = null;

/** For pages that use Kustomer's names, as their consent manager knows them. */
export function takeKustomerNames(): void {
  name = NAMES[1] as string;
}

function recall(): string {
  for (const stored of NAMES) {
    const cookie = attempt(() => document.cookie)?.match(`(?:^|; )${stored}=([\\w.~+/=-]+)`);
    const found = cookie?.[1] ?? kept(stored);
    if (!found) continue;
    name = stored;
    return found;
  }
  return "";
}

/** Another tab logged in or out, or began the identity; or the server says that a token is `dead`. True: it changed. */
export function follow(dead?: string): boolean {
  const stored = recall();
  if (stored === token && stored !== dead) return false;
  if (stored && stored !== dead) token = stored;
  else forget();
  return true;
}

/** One token for one browser, however many tabs and messages ask at once. */
export async function begin(): Promise<void> {
  const create = async () => {
    save(token || recall() || ((await ask("POST", "tracking/tokens", key)) as { token: string }).token);
  };
  // Tabs wait for one another where the page is secure, this tab for itself everywhere.
  creating ??= navigator.locks?.request(NAMES[0] as string, create) ?? create();
  await creating.finally(() => {
    creating = null;
  });
}

export async function logIn(jwt: string): Promise<Login> {
  const answer = await ask("POST", "identity", token || key, { externalToken: jwt });
  const { token: next, ...rest } = answer as Login & { token: string };
  if (rest.anotherPerson) forget();
  save(next);
  return rest;
}

export async function logOut(): Promise<void> {
  const old = token;
  forget();
  // Refused: dead already, as was wanted.
  if (old)
    await ask("DELETE", "tracking/tokens/current", old).catch((problem) => {
      if (problem.status !== 401) throw problem;
    });
}

/** Everything of this person leaves the browser: the next one at this device finds an empty chat. */
export function forget(): void {
  token = "";
  for (const stored of NAMES) put(stored, "");
  for (const note in notes()) keep(note, "");
  forgetPages();
}

export function notes(): Record<string, string> {
  const all = attempt(() => Object.entries<string>(localStorage)) ?? [];
  return Object.fromEntries(all.filter(([stored]) => stored.startsWith(NOTE)));
}

function save(next: string): void {
  token = next;
  put(name, token);
}

/** Empty removes. */
function put(stored: string, value: string): void {
  keep(stored, value);
  const secure = location.protocol === "https:" ? "; secure" : "";
  attempt(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the other interface is asynchronous and not in every browser.
    document.cookie = `${stored}=${value}; max-age=${value ? 7776000 : -1}; path=/; samesite=lax${secure}`;
  });
}
