import { expect, test } from "vitest";
import type { ChatApi } from "./api.ts";
import type { ThreadMessage } from "./shapes.ts";
import { aMessage } from "./testDesk.ts";
import { Thread } from "./thread.ts";

function pages(...answers: { items: ThreadMessage[]; more: boolean }[]) {
  const asked: (string | undefined)[] = [];
  const api = {
    messages: (_: string, before?: string) => {
      asked.push(before);
      const next = answers.shift();
      return next ? Promise.resolve({ ...next, position: 1 }) : Promise.reject(new Error("down"));
    },
  } as unknown as ChatApi;
  return { api, asked };
}

const bodies = (thread: Thread) => thread.messages.value.map(({ body }) => body);

test("what happens while a page is on its way is not lost", async () => {
  const old = aMessage({ body: "old" });
  const { api } = pages({ items: [old], more: false });
  const thread = new Thread(api, "c1");

  const loading = thread.load();
  thread.add(aMessage({ body: "new" }));
  await loading;

  expect(bodies(thread)).toEqual(["old", "new"]);
});

test("older pages come in front, until there are none", async () => {
  const [first, second] = [aMessage({ body: "first" }), aMessage({ body: "second" })];
  const { api, asked } = pages({ items: [second], more: true }, { items: [first], more: false });
  const thread = new Thread(api, "c1");
  await thread.load();
  expect(thread.hasOlder.value).toBe(true);

  await thread.loadOlder();
  await thread.loadOlder();

  expect(bodies(thread)).toEqual(["first", "second"]);
  expect(asked).toEqual([undefined, second.id]);
});

test("after a long absence old pages make room, for nobody knows what lies between", async () => {
  const [old, fresh] = [aMessage({ body: "old" }), aMessage({ body: "fresh" })];
  const { api } = pages({ items: [old], more: false }, { items: [fresh], more: true });
  const thread = new Thread(api, "c1");
  await thread.load();

  await thread.load();

  expect(bodies(thread)).toEqual(["fresh"]);
  expect(thread.hasOlder.value).toBe(true);
});

test("a load that fails says so and can be tried again", async () => {
  const { api } = pages();
  const thread = new Thread(api, "c1");

  await expect(thread.load()).rejects.toThrow();

  expect(thread.state.value).toBe("failed");
});
