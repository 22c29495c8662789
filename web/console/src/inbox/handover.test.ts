// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from "vitest";

import { applyEvent } from "../desk/apply-event.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, anAgent, ME, told } from "../desk/testing.ts";
import { currentPlace, go } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { undoLatest, useToasts } from "../toast/toast.ts";
import { sayHandovers, takeHandover } from "./handover.ts";

beforeEach(() => {
  go(HOME, "replace");
  useToasts.setState({ toasts: [] });
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirm(desk, aConversation({ id: "c1", customerName: "Maya" })));
});

afterEach(() => {
  replaceDesk(emptyDesk(ME));
  sayHandovers();
});

function assigned(by: Parameters<typeof told>[2]) {
  const event = told(
    "conversation.assigned",
    {
      conversation: "c1",
      queue: null,
      assignedUsers: [{ id: ME, displayName: "Ana" }],
      assignedTeams: [],
      reason: { code: "by_hand", text: "By hand." },
    },
    by,
  );
  changeDesk((desk) => applyEvent(desk, event, 1));
  takeHandover(event);
  sayHandovers();
  return useToasts.getState().toasts;
}

it("says who gave what, with the way to it, which is nothing to undo", () => {
  const [toast] = assigned(anAgent("u2", "Ben"));

  expect(toast?.text).toBe("Ben gave you the conversation with Maya");
  expect(undoLatest()).toBe(false);
  toast?.action?.run();
  expect(currentPlace().conversation).toBe("c1");
});

it("names the customer of one that no list had brought when its record is here", () => {
  replaceDesk(emptyDesk(ME));
  expect(assigned(anAgent("u2", "Ben"))).toEqual([]);

  changeDesk((desk) => confirm(desk, aConversation({ id: "c1", customerName: "Tom", position: 1 })));
  sayHandovers();
  sayHandovers();

  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual([
    "Ben gave you the conversation with Tom",
  ]);
});

it("is quiet about what one takes oneself, and what the queue brings", () => {
  expect(assigned(anAgent(ME, "Ana"))).toEqual([]);
  expect(assigned({ type: "system", id: null, displayName: "Kithdesk" })).toEqual([]);
});
