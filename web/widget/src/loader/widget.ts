/** The chat on one page: opening and closing, and what panel and page tell each other through it. */
import type { Down, Up } from "../bridge/bridge.ts";
import { launcherName } from "../messages/launcher.ts";
import { drawBubble, focusBubble, hideBubble, showBubble } from "./bubble.ts";
import { focusFrame, frame, isPhone, loadFrame, removeFrame, showFrame, tellFrame } from "./frame.ts";
import * as identity from "./identity.ts";
import { lang, options, type StartOptions, setOptions, wantsPrivacy } from "./options.ts";
import { lookAtPage, pages, recallPages, type SeenPage } from "./path.ts";
import { ask, keyQuery } from "./server.ts";
import { attempt, keep } from "./storage.ts";
import { isDark } from "./theme.ts";

const OPEN = "kithdesk-open";

interface Settings {
  enabled: boolean;
  teamName: string;
  colors: { accent: string };
  keptQuery?: string[];
}

export type Listener = (payload: unknown) => void;

export let unread = { total: 0, conversations: {} };
export let settings: Settings | null = null;
let unreadLabel = "";
let open = false;
let watching: unknown;
/** The panel listens; until then its calls wait. */
let listening = false;
/** A history entry of ours is there for a phone's back button to take. */
let backCloses = false;
const waiting: Down[] = [];
const answers: ((value: unknown, error: string) => void)[] = [];
let listeners: [event: string, listener: Listener][] = [];

export async function start(chosen: StartOptions): Promise<void> {
  setOptions(chosen);
  identity.setToken(identity.recall());
  if (!watching) {
    if (!wantsPrivacy()) recallPages();
    addEventListener("storage", () => otherTab());
    addEventListener("popstate", () => {
      if (backCloses) {
        backCloses = false;
        show(false);
      }
    });
  }
  // No cookie, no special header, no page path: an answer that any cache may keep for everybody.
  settings = (await ask("GET", `chat/settings${keyQuery}`)) as Settings;
  if (!settings.enabled) return;
  watchPage();
  watching ??= setInterval(watchPage, 1000);
  if (!options.hideChatIcon) showBubble(settings.colors.accent, () => show(!open));
  if (identity.token && attempt(() => sessionStorage.getItem(OPEN)) && !isPhone()) show(true, false);
  // A conversation is going on, or a message is unsent, perhaps somebody's first.
  else if (Object.values(identity.notes()).some((note) => /^(1$|{)/.test(note))) needAfterLoad();
}

function watchPage(): void {
  if (lookAtPage(!wantsPrivacy(), settings?.keptQuery))
    tell({ type: "page", page: pages.at(-1) as SeenPage });
  if (open) tell({ type: "theme", dark: isDark() });
}

export function stop(): void {
  show(false);
  removeFrame();
  hideBubble();
  settings = null;
  listening = false;
}

export function show(next: boolean, byPerson = true): void {
  if (next === open || !settings?.enabled) return;
  open = next;
  if (open) need();
  showFrame(open, byPerson);
  draw();
  tell({ type: "shown", open, phone: isPhone() });
  remember();
  if (!open) focusBubble();
  if (byPerson) emit(open ? "onOpen" : "onClose", null);
  // On a phone the open chat is a screen of its own, so the back button closes it: one more entry with the page's
  // own state and address, which no router of the page can tell from the one below.
  if (open && isPhone()) history.pushState(history.state, "");
  else if (backCloses) history.back();
  backCloses = open && isPhone();
}

export async function logIn(jwt: string): Promise<identity.Login> {
  const login = await identity.logIn(jwt);
  // What the panel still holds of them goes first.
  if (login.anotherPerson) tell({ type: "token", token: "", request: 0 });
  remember();
  // Earlier conversations of this customer may be going on; whether, only the panel can find out.
  if (identity.notes()[`${identity.NOTE}going`] !== "0") needAfterLoad();
  handDown();
  emit("onLogin", login);
  return login;
}

export async function logOut(): Promise<void> {
  const gone = identity.logOut();
  handDown();
  setUnread(0, {}, "");
  remember();
  await gone;
  emit("onLogout", null);
}

/** Asks the panel. While there is nobody, it is not loaded to hear so: it will be told when it is. */
export function call(name: string, args: object | undefined, always?: boolean): Promise<unknown> {
  if (identity.token || always) need();
  return new Promise((resolve, reject) => {
    const id = answers.push((value, error) => (error ? reject(new Error(error)) : resolve(value)));
    tell({ type: "call", id, name, args: args ?? {} });
  });
}

export function listen(event: string, listener: Listener): void {
  listeners.push([event, listener]);
}

export function unlisten(event: string, listener: Listener): void {
  listeners = listeners.filter(([name, other]) => name !== event || other !== listener);
}

function emit(event: string, payload: unknown): void {
  // The page's own mistake is the page's: it must not stop the chat.
  for (const [name, listener] of listeners) if (name === event) queueMicrotask(() => listener(payload));
}

function need(): void {
  if (!frame) loadFrame(settings?.teamName || launcherName(lang), begin, receive);
}

function begin(): void {
  tellFrame({
    type: "start",
    token: identity.token,
    open,
    phone: isPhone(),
    dark: isDark(),
    lang,
    // Functions among them could not be sent.
    options: JSON.parse(JSON.stringify(options)),
    context: { pages },
    notes: identity.notes(),
  });
}

function tell(message: Down): void {
  if (listening) tellFrame(message);
  // `start` tells all else as it is by then.
  else if (message.type === "call") waiting.push(message);
}

function receive(message: Up): void {
  switch (message.type) {
    case "ready":
      listening = true;
      focusFrame();
      waiting.splice(0).forEach(tell);
      break;
    case "token":
      void answerToken(message.request, message.refused);
      break;
    case "close":
      show(false);
      break;
    case "unread":
      setUnread(message.total, message.conversations, message.label);
      break;
    case "note":
      keep(identity.NOTE + message.name, message.value);
      break;
    case "tell":
      emit(message.event, message.payload);
      break;
    case "answer":
      answers[message.id - 1]?.((message.value as unknown[])[0], message.error);
      break;
  }
}

async function answerToken(request: number, refused: boolean): Promise<void> {
  if (refused) otherTab(identity.token);
  else {
    await identity.begin().catch(() => undefined);
    remember();
  }
  handDown(request);
}

function handDown(request = 0): void {
  tell({ type: "token", token: identity.token, request });
}

function setUnread(total: number, conversations: object, label: string): void {
  const changed = total !== unread.total;
  unread = { total, conversations };
  unreadLabel = label;
  draw();
  if (changed) emit("onUnread", unread);
}

function draw(): void {
  drawBubble(unread.total, unreadLabel, open, open && isPhone());
}

/** An open chat stays open from page to page, once there is somebody who chats. */
function remember(): void {
  keep(OPEN, open && identity.token ? "1" : "", true);
}

/** Another tab logged in or out, or began the identity; or the server says that a token is `dead`. */
function otherTab(dead?: string): void {
  const stored = identity.recall();
  if (stored === identity.token && stored !== dead) return;
  if (stored && stored !== dead) identity.setToken(stored);
  else identity.forget();
  handDown();
}

function needAfterLoad(): void {
  if (document.readyState === "complete") need();
  else addEventListener("load", need);
}
