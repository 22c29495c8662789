import { upcomingTime } from "@kithdesk/ui";
import { cleanup, fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import type { ChatWait } from "../../chat/shapes.ts";
import { aConversation, aMessage } from "../../chat/testDesk.ts";
import { App } from "../App.tsx";
import { TestPanel } from "../testPanel.tsx";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const WAIT: ChatWait = { position: 1, expectedWait: null, open: true, opensAt: null, form: false };

function shown(wait: Partial<ChatWait> | null, messages = [aMessage({ direction: "in", body: "Hello?" })]) {
  const panel = new TestPanel({}, "T0", (desk) => {
    desk.conversations = [aConversation()];
    desk.messages = messages;
    desk.wait = { ...WAIT, ...(wait ?? { position: null }) };
  });
  return { panel, desk: panel.desk, ...panel.show(<App />) };
}

test.each([
  [{}, "You are next."],
  [{ position: 3 }, "You are number 3 in line."],
  [{ position: 2, expectedWait: 240_000 }, "You are number 2 in line. About 4 minutes."],
  [{ expectedWait: 5_000 }, "You are next. About a minute."],
  [{ open: false, position: 4, expectedWait: 60_000 }, "Closed now"],
])("who waits is told their place: %o", async (wait, said) => {
  const { findByText } = shown(wait);

  expect(await findByText(said)).toBeTruthy();
});

test("who waits for a closed queue is told when it opens again", async () => {
  vi.setSystemTime("2026-11-24T09:00:00.000Z");
  const opensAt = "2026-11-24T12:00:00.000Z";
  const { findByText } = shown({ open: false, opensAt });

  const when = upcomingTime(opensAt, Date.now(), { locale: "en" });
  expect(await findByText(`Closed, opens ${when}`)).toBeTruthy();
});

test("nothing is said to whom somebody has", async () => {
  const had = shown(null);
  await had.findByText("Hello?");
  expect(had.container.querySelector(".wait")).toBeNull();
  cleanup();

  const waits = shown({});
  await waits.findByText("You are next.");
  waits.desk.happens("conversation.assigned", { conversation: "c1", assignee: { displayName: "Ana" } });
  await waitFor(() => expect(waits.container.querySelector(".wait")).toBeNull());
});

test("what the program says by itself ends no wait", async () => {
  const { findByText } = shown({}, [
    aMessage({ direction: "in", body: "Hello?" }),
    aMessage({ body: "It takes a while.", sentBy: { type: "system", id: null, displayName: "" } }),
  ]);

  expect(await findByText("You are next.")).toBeTruthy();
});

test("an address is left as a claim, and said in the conversation", async () => {
  const { desk, findByLabelText, getByRole, queryByLabelText } = shown({ form: true });
  fireEvent.input(await findByLabelText("Your e-mail address"), { target: { value: "ana@example.test" } });

  fireEvent.click(getByRole("button", { name: "Answer me by e-mail" }));

  await waitFor(() => expect(queryByLabelText("Your e-mail address")).toBeNull());
  expect(desk.described).toEqual([{ emails: [{ email: "ana@example.test" }] }]);
  expect(desk.chat.outgoing.unsent.value.map(({ body }) => body)).toEqual([
    "My e-mail address: ana@example.test",
  ]);
});

test("an address that does not arrive stays in its field, and may be sent again", async () => {
  const { desk, findByLabelText, getByRole, findByRole } = shown({ form: true });
  const field = await findByLabelText("Your e-mail address");
  fireEvent.input(field, { target: { value: "ana@example.test" } });
  desk.reachable = false;

  fireEvent.click(getByRole("button", { name: "Answer me by e-mail" }));

  expect((await findByRole("alert")).textContent).toBe("Not sent.");
  expect((field as HTMLInputElement).value).toBe("ana@example.test");
});
