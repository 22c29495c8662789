/** `core.js`: the chat without a screen, for pages that draw their own. */
import { EventStreamSocket, socketWithFallback } from "@kithdesk/api-client";
import { Chat } from "../chat/chat.ts";
import { contextOf } from "../chat/context.ts";
import type { ChatSettings } from "../chat/shapes.ts";
import * as identity from "../loader/identity.ts";
import { lookAtPage, pages, recallPages } from "../loader/path.ts";
import { kustomerApiKey, origin, script } from "../loader/server.ts";
import { makeCore } from "./api.ts";
import { Listeners } from "./listeners.ts";
import { outbox } from "./outbox.ts";

const page = window as unknown as { KithdeskCore?: unknown; KustomerCore?: unknown };

if (script && !page.KithdeskCore) {
  if (kustomerApiKey) identity.takeKustomerNames();
  identity.follow();
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
    connect: (cursor) =>
      socketWithFallback({
        base: origin,
        eventStream: async () => () => new EventStreamSocket({ base: origin, cursor }),
      }),
  });
  recallPages();
  const watch = ({ keptQuery }: ChatSettings) => {
    const look = () => {
      const seen = lookAtPage(keptQuery);
      if (seen) chat.visit(seen);
    };
    look();
    setInterval(look, 1000);
  };
  addEventListener("storage", () => {
    if (identity.follow()) chat.become(identity.token);
  });
  return makeCore(chat, listeners, watch);
}

async function askToken(refused: boolean): Promise<string> {
  if (refused) identity.follow(identity.token);
  else await identity.begin().catch(() => undefined);
  return identity.token;
}
