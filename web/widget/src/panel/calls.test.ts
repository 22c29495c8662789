import { expect, test } from "vitest";
import { Calls } from "./calls.ts";
import { TestPanel } from "./testPanel.tsx";

test("a conversation that the page begins for the visitor is theirs to finish", async () => {
  const { desk, view } = new TestPanel();
  const calls = new Calls(desk.chat, view);

  await calls.answer("createConversation", { draft: "Order 20931: " });

  const screen = view.screen.value;
  expect(screen.at === "new" && view.draftOf(screen.lane)).toBe("Order 20931: ");
  expect(desk.chat.outgoing.unsent.value).toEqual([]);
});

test("what is no text begins nothing", async () => {
  const { desk, view } = new TestPanel();

  await new Calls(desk.chat, view).answer("createConversation", { draft: { toString: "no" }, message: 7 });

  expect(view.drafts.value.size).toBe(0);
  expect(desk.chat.outgoing.unsent.value).toEqual([]);
});

test("test_T21 a call by a name that an object has by birth is unknown", async () => {
  const { desk, view } = new TestPanel();

  await expect(new Calls(desk.chat, view).answer("constructor", {})).rejects.toThrow("Unknown call");
});
