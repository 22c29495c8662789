// @vitest-environment happy-dom
import type { OutboxEntry } from "@kithdesk/api-client";
import { afterEach, beforeEach, expect, it } from "vitest";

import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { useOutbox } from "../live/outbox.ts";
import { currentPlace, go } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { useToasts } from "../toast/toast.ts";
import { startTellingRefused } from "./refused.ts";

let stop: () => void;

beforeEach(() => {
  go({ ...HOME, conversation: "c2" }, "replace");
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirm(desk, aConversation()));
  useToasts.setState({ toasts: [] });
  useOutbox.setState({ entries: [] });
  stop = startTellingRefused();
});

afterEach(() => {
  stop();
  useOutbox.setState({ entries: [] });
});

function has(state: OutboxEntry["state"], over: Partial<OutboxEntry> = {}): void {
  const entry = { id: "m1", conversation: "c1", kind: "message", body: "Hello", state, ...over };
  useOutbox.setState({ entries: [entry as OutboxEntry] });
}

const told = () => useToasts.getState().toasts;

it("tells whoever has gone on that their message was refused, and leads to it", () => {
  has("sending");
  expect(told()).toEqual([]);

  has("refused");

  expect(told().map(({ text }) => text)).toEqual(["Your message to Maya Lindqvist was not sent."]);
  told()[0]?.action?.run();
  expect(currentPlace().conversation).toBe("c1");
});

it("says it once", () => {
  has("refused");
  has("refused", { body: "Hello again" });

  expect(told()).toHaveLength(1);
});

it("leaves it to the message itself where that is on screen", () => {
  go({ ...HOME, conversation: "c1" }, "replace");

  has("refused");

  expect(told()).toEqual([]);
});
