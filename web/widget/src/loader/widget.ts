/** The chat on one page: opening and closing, and what panel and page tell each other through it. */
import type { Down, Up } from "../bridge/bridge.ts";
import { launcherName } from "../messages/launcher.ts";
import { bubble, button, drawBubble } from "./bubble.ts";
import { focusFrame, frame, isPhone, loadFrame, removeFrame, showFrame, tellFrame } from "./frame.ts";
import * as identity from "./identity.ts";
import { lang, options, type StartOptions, setOptions } from "./options.ts";
import { lookAtPage, pages, recallPages } from "./path.ts";
import { ask, keyQuery } from "./server.ts";
import { keep, kept } from "./storage.ts";
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
  identity.follow();
  if (!watching) {
    recallPages();
    addEventListener("storage", () => identity.follow() && handDown());
    addEventListener("popstate", () => {
      if (backCloses) {
        backCloses = false;
        show(false);
      }
    });
  }
  // No cookie, no special header, no page path: an answer that any cache may keep for everybody.
  settings = (await ask("GET", `chat/settings${keyQuery()}`)) as Settings;
  if (!settings.enabled) return;
  watchPage();
  watching ??= setInterval(watchPage, 1000);
  button.style.color = settings.colors.accent;
  button.onclick = () => show(!open);
  draw();
  if (!options.hideChatIcon) document.body.append(bubble);
  if (identity.token && kept(OPEN, true) && !isPhone()) show(true, false);
  // A conversation is going on, or a message is unsent, perhaps somebody's first.
  else if (Object.values(identity.notes()).some((note) => /^(1$|{)/.test(note))) needAfterLoad();
}

function watchPage(): void {
  const page = lookAtPage(settings?.keptQuery);
  if (page) tell({ kithdesk: "page", page });
  if (open) tell({ kithdesk: "state", ...state() });
}

export function stop(): void {
  show(false);
  removeFrame();
  bubble.remove();
  settings = null;
  listening = false;
}

export function show(next: boolean, byPerson = true): void {
  if (next === open || !settings?.enabled) return;
  open = next;
  if (open) need();
  showFrame(open, byPerson);
  draw();
  tell({ kithdesk: "state", ...state() });
  remember();
  if (!open) button.focus();
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
  if (login.anotherPerson) tell({ kithdesk: "token", token: "", request: 0 });
  // Earlier conversations of this customer may be going on; whether, only the panel can find out.
  if (kept(`${identity.NOTE}going`) !== "0") needAfterLoad();
  handDown();
  emit("onLogin", login);
  return login;
}

export async function logOut(): Promise<void> {
  const gone = identity.logOut();
  handDown();
  setUnread({ total: 0, conversations: {}, label: "" });
  await gone;
  emit("onLogout", null);
}

/** Asks the panel. While there is nobody, it is not loaded to hear so: it will be told when it is. */
export function call(name: string, args: object | undefined, always?: boolean): Promise<unknown> {
  if (identity.token || always) need();
  return new Promise((resolve, reject) => {
    const id = answers.push((value, error) => (error ? reject(new Error(error)) : resolve(value)));
    tell({ kithdesk: "call", id, name, args: args ?? {} });
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
    kithdesk: "start",
    token: identity.token,
    ...state(),
    lang,
    // Functions among them could not be sent.
    options: JSON.parse(JSON.stringify(options)),
    pages,
    notes: identity.notes(),
  });
}

function state() {
  return { open, phone: isPhone(), dark: isDark() };
}

function tell(message: Down): void {
  if (listening) tellFrame(message);
  // `start` tells all else as it is by then.
  else if (message.kithdesk === "call") waiting.push(message);
}

function receive(message: Up): void {
  (heard[message.kithdesk] as (message: Up) => void)(message);
}

type Heard<Name> = Extract<Up, { kithdesk: Name }>;

const heard: { [Name in Up["kithdesk"]]: (message: Heard<Name>) => void } = {
  ready() {
    listening = true;
    draw();
    focusFrame();
    waiting.splice(0).forEach(tell);
  },
  token: answerToken,
  close: () => show(false),
  unread: setUnread,
  note: ({ name, value }) => keep(identity.NOTE + name, value),
  tell: ({ event, payload }) => emit(event, payload),
  answer: ({ id, value, error }) => answers[id - 1]?.((value as unknown[])[0], error),
};

async function answerToken({ request, refused }: Heard<"token">): Promise<void> {
  if (refused) identity.follow(identity.token);
  else await identity.begin().catch(() => undefined);
  handDown(request);
}

function handDown(request = 0): void {
  remember();
  tell({ kithdesk: "token", token: identity.token, request });
}

function setUnread({ total, conversations, label }: Omit<Heard<"unread">, "kithdesk">): void {
  const changed = total !== unread.total;
  unread = { total, conversations };
  unreadLabel = label;
  draw();
  if (changed) emit("onUnread", unread);
}

/** On a phone the open panel closes itself, and needs the whole screen. Until it is there, the button is the way out. */
function draw(): void {
  drawBubble(unread.total, unreadLabel, open, open && isPhone() && listening);
}

/** An open chat stays open from page to page, once there is somebody who chats. */
function remember(): void {
  keep(OPEN, open && identity.token ? "1" : "", true);
}

function needAfterLoad(): void {
  if (document.readyState === "complete") need();
  else addEventListener("load", need);
}
