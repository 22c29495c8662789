import { socketWithFallback } from "@kithdesk/api-client";
import { effect } from "@preact/signals";
import { render } from "preact";
import type { Down } from "../bridge/bridge.ts";
import { Chat } from "../chat/chat.ts";
import { contextOf } from "../chat/context.ts";
import type { ChatSettings } from "../chat/shapes.ts";
import type { SeenPage } from "../loader/path.ts";
import { wordsFor } from "../messages/words.ts";
import { App } from "./App.tsx";
import type { Calls } from "./calls.ts";
import { paint } from "./colours.ts";
import { PanelContext } from "./context.ts";
import { Files } from "./files/files.ts";
import type { HostPage } from "./hostPage.ts";
import { extras, prepareExtras } from "./later.tsx";
import { pagesIn } from "./pages.ts";
import { View, type ViewOptions } from "./view.ts";

type Message<Name extends Down["kithdesk"]> = Extract<Down, { kithdesk: Name }>;

interface Running {
  chat: Chat;
  pages: SeenPage[];
  view: View;
  /** Made at the page's first call. */
  calls?: Calls;
}

/** What happens at each message of the page; the first is `start`, and no other counts before it. */
export function openPanel(
  root: HTMLElement,
  page: HostPage,
  settings: ChatSettings,
): (message: Down) => void {
  let running: Running | null = null;
  return (message) => {
    if (message.kithdesk === "start") running ??= start(root, page, settings, message);
    else if (running) follow(page, running, message);
  };
}

function start(root: HTMLElement, page: HostPage, settings: ChatSettings, begin: Message<"start">): Running {
  const pages = pagesIn(begin.pages);
  const chat: Chat = new Chat({
    base: "",
    client: "widget/1.0",
    askToken: (refused) => page.askToken(refused),
    storage: page.outbox,
    context: () => contextOf(pages),
    announce: ({ event, payload }) => page.tell({ kithdesk: "tell", event, payload }),
    connect: (cursor) =>
      socketWithFallback({
        base: "",
        eventStream: async () => {
          const { EventStreamSocket } = await extras();
          return () => new EventStreamSocket({ cursor });
        },
      }),
  });
  // Who is here decides where the view begins.
  chat.become(begin.token);
  const left = begin.open ? page.noted("at") : "";
  const view: View = new View(
    chat,
    settings,
    begin.options as ViewOptions,
    page.noted("draft"),
    (drafts) => page.note("draft", drafts),
    left,
  );
  const running: Running = { chat, pages, view };
  takeState(running, begin);
  rememberPlace(page, view, left);
  chat.onTold = ({ at }) => page.note("told", at);
  const told = page.noted("told");
  for (const seen of pages) if (seen.at > told) chat.visit(seen);
  chat.onVisit = (seen) => pages.push(seen);
  chat.watch((unread, going) => {
    const total = [...unread.values()].reduce((sum, count) => sum + count, 0);
    const label = total > 0 ? view.say("unread", { count: total }) : "";
    page.tell({ kithdesk: "unread", total, conversations: Object.fromEntries(unread), label });
    page.note("going", going ? "1" : "0");
  });
  effect(() => {
    if (chat.token.value) prepareExtras();
  });
  void draw(root, page, view, new Files(chat, settings.attachments), begin.lang);
  page.tell({ kithdesk: "ready" });
  return running;
}

function takeState({ view }: Running, { open, phone, dark }: Omit<Message<"state">, "kithdesk">): void {
  view.open.value = open;
  view.phone.value = phone;
  paint(document.documentElement, view.settings.colors.accent, dark);
}

/** The open chat is on the next page where it was on this one. */
function rememberPlace(page: HostPage, view: View, left: string): void {
  let noted = left;
  effect(() => {
    const at = (view.open.value && view.conversationId.value) || "";
    if (at === noted || view.screen.value.at === "home") return;
    noted = at;
    page.note("at", at);
  });
}

async function draw(
  root: HTMLElement,
  page: HostPage,
  view: View,
  files: Files,
  lang: string,
): Promise<void> {
  view.words.value = await wordsFor(lang);
  document.documentElement.lang = view.words.value.lang;
  document.documentElement.dir = view.words.value.dir;
  document.title = view.team;
  const close = () => page.tell({ kithdesk: "close" });
  render(
    <PanelContext.Provider value={{ view, files, close }}>
      <App />
    </PanelContext.Provider>,
    root,
  );
}

function follow(page: HostPage, running: Running, message: Down): void {
  const { chat, view } = running;
  switch (message.kithdesk) {
    case "token":
      if (message.token) view.welcome();
      else running.pages.length = 0; // the next one is not told of them
      chat.become(message.token);
      if (!message.token) view.reset(); // only now: while somebody is there, home leads to their conversations
      break;
    case "state":
      takeState(running, message);
      break;
    case "page":
      for (const seen of pagesIn([message.page])) chat.visit(seen);
      break;
    case "call":
      void answer(page, running, message);
      break;
  }
}

async function answer(page: HostPage, running: Running, { id, name, args }: Message<"call">): Promise<void> {
  try {
    const { Calls } = await extras();
    running.calls ??= new Calls(running.chat, running.view);
    page.tell({ kithdesk: "answer", id, value: [await running.calls.answer(name, args)], error: "" });
  } catch (error) {
    page.tell({
      kithdesk: "answer",
      id,
      value: [],
      error: error instanceof Error ? error.message : "Failed",
    });
  }
}
