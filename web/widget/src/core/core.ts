/** `core.js`: the chat without a screen, for pages that draw their own. */
import { Chat } from "../chat/chat.ts";
import { contextOf } from "../chat/context.ts";
import type { ChatSettings } from "../chat/shapes.ts";
import * as identity from "../loader/identity.ts";
import { wantsPrivacy } from "../loader/options.ts";
import { lookAtPage, pages, recallPages } from "../loader/path.ts";
import { origin, setKey, setServer } from "../loader/server.ts";
import { makeCore } from "./api.ts";
import { Listeners } from "./listeners.ts";
import { outbox } from "./outbox.ts";

const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>("[data-kithdesk-key],[data-kustomer-api-key]");
const page = window as unknown as { KithdeskCore?: unknown; KustomerCore?: unknown };

if (script && !page.KithdeskCore) {
  const { kithdeskKey, kustomerApiKey } = script.dataset;
  setServer(script.src);
  setKey(kithdeskKey ?? kustomerApiKey ?? "");
  if (kustomerApiKey) identity.takeKustomerNames();
  identity.setToken(identity.recall());
  page.KithdeskCore = start();
  page.KustomerCore = page.KithdeskCore;
  for (const name of ["kithdeskCoreLoaded", "kustomerCoreLoaded"]) dispatchEvent(new Event(name));
}

function start(): Record<string, unknown> {
  const listeners = new Listeners();
  const chat = new Chat({
    base: origin,
    client: "core/1.0",
    askToken,
    storage: outbox,
    context: () => contextOf(pages),
    announce: ({ event, payload }) => listeners.emit(event, payload),
  });
  if (!wantsPrivacy()) recallPages();
  const watch = ({ keptQuery }: ChatSettings) => {
    const look = () => {
      const last = lookAtPage(!wantsPrivacy(), keptQuery) ? pages.at(-1) : undefined;
      if (last) chat.visit(last);
    };
    look();
    setInterval(look, 1000);
  };
  addEventListener("storage", () => {
    if (identity.recall() === identity.token) return;
    identity.setToken(identity.recall());
    chat.become(identity.token);
  });
  return makeCore(chat, listeners, watch);
}

async function askToken(refused: boolean): Promise<string> {
  if (!refused) await identity.begin().catch(() => undefined);
  else if (identity.recall() === identity.token) identity.forget();
  else identity.setToken(identity.recall());
  return identity.token;
}
