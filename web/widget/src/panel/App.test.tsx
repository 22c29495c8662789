import { cleanup, fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aConversation, aMessage, type TestDesk } from "../chat/testDesk.ts";
import { App } from "./App.tsx";
import { now, TestPanel } from "./testPanel.tsx";

beforeEach(() => {
  // The environment knows dialogs but cannot show them.
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
});

afterEach(cleanup);

async function open(prepare: (desk: TestDesk) => void = () => undefined, settings = {}, token = "T0") {
  const panel = new TestPanel(settings, token, prepare);
  const shown = panel.show(<App />);
  await now();
  return { panel, desk: panel.desk, ...shown };
}

test("nobody yet: the greeting and a place to write", async () => {
  const { getByText, getByRole } = await open(undefined, {}, "");

  expect(getByText("Hi there")).toBeTruthy();
  expect(getByRole("textbox", { name: "Message" })).toBeTruthy();
});

test("until somebody's conversations are known, their shape stands there", async () => {
  const panel = new TestPanel({}, "T0");
  const { container, findByRole, queryByRole } = panel.show(<App />);
  expect(container.querySelector(".loading")).toBeTruthy();
  expect(queryByRole("textbox")).toBeNull();

  expect(await findByRole("textbox")).toBeTruthy();
  expect(container.querySelector(".loading")).toBeNull();
});

test("one conversation opens by itself, several as a list", async () => {
  const one = await open((desk) => {
    desk.conversations = [aConversation()];
    desk.messages = [aMessage({ body: "Only this" })];
  });
  await waitFor(() => one.getByText("Only this"));
  cleanup();

  const several = await open((desk) => {
    desk.conversations = [
      aConversation({ id: "a", preview: "First" }),
      aConversation({ id: "b", unread: 2 }),
    ];
  });
  await waitFor(() => several.getByText("Your conversations"));
  expect(several.getByText("2 unread messages")).toBeTruthy();
});

test.each([
  ["b", "conversation"],
  ["gone", "list"],
])("of several, the one that was open on the page before is open again: %s", async (left, at) => {
  const prepare = (desk: TestDesk) => {
    desk.conversations = [aConversation({ id: "a" }), aConversation({ id: "b" })];
  };
  const panel = new TestPanel({}, "T0", prepare, left);
  await waitFor(() => expect(panel.view.screen.value.at).toBe(at));

  panel.view.show({ at: "home" });
  expect(panel.view.screen.value).toEqual({ at: "list" });
});

test("an answer is read although our own message after it leaves nothing unread", async () => {
  const { desk, getByText, panel } = await open((it) => {
    it.conversations = [aConversation()];
  });
  panel.view.open.value = false;
  await now();
  const answer = aMessage({ body: "Hello from Ana" });
  desk.happens("message.created", { message: answer });
  desk.happens("message.created", { message: aMessage({ direction: "in", body: "Thanks" }) });
  panel.view.open.value = true;
  await waitFor(() => getByText("Thanks"));

  await waitFor(() => expect(desk.heard("read")).toMatchObject([{ message: answer.id }]));
});

test("from the list into a conversation and back", async () => {
  const { getByText, getByRole, desk } = await open((it) => {
    it.conversations = [aConversation({ id: "a", preview: "First" }), aConversation({ id: "b" })];
  });
  desk.messages = [aMessage({ conversation: "a", body: "Inside" })];

  fireEvent.click(await waitFor(() => getByText("First")));
  await waitFor(() => getByText("Inside"));
  fireEvent.click(getByRole("button", { name: "All conversations" }));

  await waitFor(() => getByText("Your conversations"));
});

test("a new message is shown with who wrote it, and counts as read", async () => {
  const { desk, getByText } = await open((it) => {
    it.conversations = [aConversation()];
  });

  desk.happens("message.created", { message: aMessage({ body: "Hello from Ana" }) });
  await waitFor(() => getByText("Hello from Ana"));

  await waitFor(() => expect(desk.heard("read")).toHaveLength(1));
  expect(getByText("Ana Lima")).toBeTruthy();
});

test("news is said to a screen reader, history is not", async () => {
  const { desk, getByText, getByRole } = await open((it) => {
    it.conversations = [aConversation()];
    it.messages = [aMessage({ body: "Long ago" })];
  });
  await waitFor(() => getByText("Long ago"));
  expect(getByRole("log").getAttribute("aria-live")).toBe("off");

  await waitFor(() => expect(getByRole("log").getAttribute("aria-live")).toBe("polite"));
  desk.happens("message.created", { message: aMessage({ body: "Just now" }) });

  await waitFor(() => getByText("Just now"));
});

test("with the panel closed a new message stays unread", async () => {
  const { desk, panel } = await open((it) => {
    it.conversations = [aConversation()];
  });
  panel.view.open.value = false;
  await now();

  desk.happens("message.created", { message: aMessage() });
  await now();

  expect(desk.heard("read")).toEqual([]);
  expect(desk.chat.conversations.unread.value).toBe(1);
});

test("an ended conversation offers a new one in place of the field", async () => {
  const { getByRole, queryByRole } = await open((desk) => {
    desk.conversations = [aConversation({ ended: true })];
  });
  await waitFor(() => getByRole("button", { name: "Start a new conversation" }));
  expect(queryByRole("textbox")).toBeNull();

  fireEvent.click(getByRole("button", { name: "Start a new conversation" }));

  expect(await waitFor(() => getByRole("textbox"))).toBeTruthy();
});

test("a conversation that goes on elsewhere says so, and offers a new one", async () => {
  const { getByRole, getByText, queryByRole, desk } = await open((it) => {
    it.conversations = [aConversation({ unread: 2, assignee: { displayName: "Ana Lima" } })];
  });
  await waitFor(() => getByRole("textbox"));

  desk.happens("conversation.taken_up", { conversation: "c1", at: "2026-01-01T11:00:00.000Z" });

  await waitFor(() => getByText("This conversation goes on elsewhere. Sign in to follow it."));
  expect(queryByRole("textbox")).toBeNull();
  expect(getByRole("button", { name: "Start a new conversation" })).toBeTruthy();
});

test("the header says who is there as long as somebody is, and then that it has ended", async () => {
  const { getByText, queryByText, desk } = await open((it) => {
    it.conversations = [aConversation({ assignee: { displayName: "Ana Lima" } })];
  });
  await waitFor(() => getByText("You are talking with Ana Lima"));

  const endedBy = { type: "user", displayName: "Ana Lima" };
  desk.happens("conversation.ended", { conversation: "c1", endedBy, endedAt: "", reason: null });

  await waitFor(() => getByText("Ended"));
  expect(queryByText("You are talking with Ana Lima")).toBeNull();
});

test("done is not ended, but nobody is there", async () => {
  const { queryByText, getByRole } = await open((it) => {
    it.conversations = [aConversation({ status: "done", assignee: { displayName: "Ana Lima" } })];
  });

  await waitFor(() => getByRole("textbox"));
  expect(queryByText(/You are talking with/)).toBeNull();
});

test("a team without a name is the chat, and never a question mark", async () => {
  const { getByRole, container } = await open(undefined, { teamName: "" }, "");

  expect(getByRole("heading", { name: "Chat" })).toBeTruthy();
  expect(container.querySelector(".face")?.textContent).toBe("C");
});

test("a new conversation that is half written is there again after a look at the others", async () => {
  const { getByText, getByRole, panel } = await open((it) => {
    it.conversations = [aConversation({ id: "a" }), aConversation({ id: "b" })];
  });
  fireEvent.click(await waitFor(() => getByRole("button", { name: "New conversation" })));
  fireEvent.input(await waitFor(() => getByRole("textbox")), { target: { value: "Half a sen" } });
  panel.view.show({ at: "list" });
  await waitFor(() => getByText("Your conversations"));

  fireEvent.click(getByRole("button", { name: "New conversation" }));

  await waitFor(() => expect((getByRole("textbox") as HTMLTextAreaElement).value).toBe("Half a sen"));
});

test("ending is asked once and then told", async () => {
  const { getByRole, getAllByRole, desk } = await open((it) => {
    it.conversations = [aConversation()];
  });
  fireEvent.click(await waitFor(() => getByRole("button", { name: "End conversation" })));
  expect(desk.heard("end")).toEqual([]);

  await waitFor(() => getByRole("dialog"));
  fireEvent.click(getAllByRole("button", { name: "End conversation" }).at(-1) as HTMLElement);
  await now();

  expect(desk.heard("end")).toMatchObject([{ conversation: "c1" }]);
});

test("a company that keeps chats open offers no end", async () => {
  const { queryByRole } = await open(
    (desk) => {
      desk.conversations = [aConversation()];
    },
    { closableChat: false },
  );

  expect(queryByRole("button", { name: "End conversation" })).toBeNull();
});

test("one conversation at a time, where the company wants it so", async () => {
  const { getByText, queryByRole } = await open(
    (desk) => {
      desk.conversations = [aConversation({ id: "a" }), aConversation({ id: "b", ended: true })];
    },
    { singleSessionChat: true },
  );
  await waitFor(() => getByText("Your conversations"));

  expect(queryByRole("button", { name: "New conversation" })).toBeNull();
});

test("who is typing is shown by name", async () => {
  const { desk, getByText } = await open((it) => {
    it.conversations = [aConversation()];
  });
  await now();

  const by = { type: "user", id: "u1", displayName: "Ana Lima" };
  desk.says({ op: "signal", kind: "typing", conversation: "c1", by, on: true });

  await waitFor(() => getByText("Ana Lima is typing"));
});

test("Escape closes the chat", async () => {
  const { panel, getByRole } = await open(undefined, {}, "");

  fireEvent.keyDown(getByRole("textbox"), { key: "Escape" });

  expect(panel.closed).toBe(1);
});
