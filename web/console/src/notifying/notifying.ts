import { openConversation } from "../navigation/navigation.ts";

/*
 * A word outside of the page, to an agent who looks at something else: work is offered, a colleague has given them a
 * conversation, a customer of theirs has written. Kept in this browser, like the sound.
 */
const KEY = "kithdesk.notify";
/** Held by the window that is looked at, so that the others know. */
const LOOKED_AT = "kithdesk.looked-at";
const LONGEST_BODY = 140;

export interface Notice {
  readonly conversation: string;
  readonly title: string;
  readonly body: string;
}

/** Without TLS no browser lets a page ask; and telephones want more than a page for it. */
export function canNotify(): boolean {
  const isPhone = globalThis.matchMedia?.("(hover: none) and (pointer: coarse)").matches === true;
  return "Notification" in globalThis && globalThis.isSecureContext !== false && !isPhone;
}

export function isNotifying(): boolean {
  if (!canNotify() || Notification.permission !== "granted") return false;
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}

/** Resolves with whether it is so now; the browser asks whoever has not been asked. */
export async function setNotifying(isOn: boolean): Promise<boolean> {
  const isAllowed = isOn && (await Notification.requestPermission()) === "granted";
  try {
    if (isAllowed) localStorage.setItem(KEY, "on");
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage there are none.
  }
  return isNotifying();
}

/** Says it, unless a window of this agent is being looked at. The same conversation's next word replaces it. */
export async function notify({ conversation, title, body }: Notice): Promise<void> {
  if (!isNotifying() || (await isLookedAt())) return;
  const notification = new Notification(title, { body: shortened(body), tag: `kithdesk.${conversation}` });
  notification.onclick = () => {
    notification.close();
    focus();
    openConversation(conversation);
  };
}

/** Tell other windows that this one is looked at, until the returned function is called. */
export function startTellingLooks(): () => void {
  const locks = locksOf(navigator);
  if (locks === null) return () => undefined;
  let release: (() => void) | null = null;
  const looksAway = () => {
    release?.();
    release = null;
  };
  const looks = () => {
    if (release !== null || !document.hasFocus()) return;
    const isOver = new Promise<void>((resolve) => {
      release = resolve;
    });
    void locks.request(LOOKED_AT, { mode: "shared" }, () => isOver);
  };
  looks();
  addEventListener("focus", looks);
  addEventListener("blur", looksAway);
  return () => {
    removeEventListener("focus", looks);
    removeEventListener("blur", looksAway);
    looksAway();
  };
}

async function isLookedAt(): Promise<boolean> {
  if (document.hasFocus()) return true;
  const { held = [] } = (await locksOf(navigator)?.query()) ?? {};
  return held.some(({ name }) => name === LOOKED_AT);
}

/** Without TLS there are none, whatever the types say. */
function locksOf({ locks }: { readonly locks?: LockManager | null }): LockManager | null {
  return locks ?? null;
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length > LONGEST_BODY ? `${letters.slice(0, LONGEST_BODY).join("")}…` : text;
}
