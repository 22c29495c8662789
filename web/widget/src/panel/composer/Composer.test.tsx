import { cleanup, fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { TestPanel } from "../testPanel.tsx";
import { Composer } from "./Composer.tsx";

afterEach(cleanup);

function compose(id: string | null = null, settings = {}) {
  const panel = new TestPanel(settings);
  const shown = panel.show(<Composer id={id} lane={id ?? "lane"} />);
  const field = shown.getByRole("textbox") as HTMLTextAreaElement;
  return {
    ...shown,
    panel,
    field,
    type: (text: string) => fireEvent.input(field, { target: { value: text } }),
    press: (key: string, more = {}) => fireEvent.keyDown(field, { key, ...more }),
    unsent: () => panel.desk.chat.outgoing.unsent.value.map(({ body }) => body),
  };
}

test("Enter sends and empties the field", () => {
  const { type, press, unsent, field } = compose();

  type("  Hello ");
  press("Enter");

  expect(unsent()).toEqual(["Hello"]);
  expect(field.value).toBe("");
});

test("Shift+Enter starts a line, and an input method's Enter takes its suggestion", () => {
  const { type, press, unsent } = compose();
  type("Hello");

  press("Enter", { shiftKey: true });
  press("Enter", { isComposing: true });
  expect(unsent()).toEqual([]);
  press("Enter");

  expect(unsent()).toEqual(["Hello"]);
});

test("nothing and blanks are not sent", () => {
  const { type, press, unsent, getByRole } = compose();

  press("Enter");
  type(" \n ");
  press("Enter");

  expect(unsent()).toEqual([]);
  expect((getByRole("button", { name: "Send" }) as HTMLButtonElement).disabled).toBe(true);
});

test("a new conversation goes by our own name, a known one by the server's", () => {
  const fresh = compose();
  fresh.type("a");
  fresh.press("Enter");
  expect(fresh.panel.desk.chat.outgoing.unsent.value).toMatchObject([
    { conversation: null, newConversation: "lane" },
  ]);
  cleanup();

  const known = compose("c1");
  known.type("b");
  known.press("Enter");
  expect(known.panel.desk.chat.outgoing.unsent.value).toMatchObject([{ conversation: "c1" }]);
});

test("what is half written is there when one comes back, and kept outside once somebody chats", async () => {
  vi.useFakeTimers();
  const { type, panel, unmount } = compose("c1");
  type("Half a sen");
  await vi.advanceTimersByTimeAsync(500);
  expect(panel.kept).toEqual([]);
  panel.desk.chat.token.value = "T";
  type("Half a sent");
  await vi.advanceTimersByTimeAsync(500);
  vi.useRealTimers();
  unmount();

  const { getByRole } = panel.show(<Composer id="c1" lane="c1" />);

  expect((getByRole("textbox") as HTMLTextAreaElement).value).toBe("Half a sent");
  expect(panel.kept).toEqual(['[["c1","Half a sent"]]']);
});

test("a file of a kind that is not taken says so and keeps its message back", async () => {
  const { container, getByText, panel } = compose("c1");
  const file = new File(["x"], "setup.exe", { type: "application/x-msdownload" });

  panel.files.choose("c1", [file]);

  await waitFor(() => expect(getByText(/of a kind that cannot be sent/)).toBeTruthy());
  expect(container.querySelector("progress")).toBeNull();
  expect(panel.files.take("c1")).toEqual([]);
});

test("a file that did not arrive stays when its message goes without it", async () => {
  const { type, press, unsent, getByText, panel } = compose("c1");
  panel.files.choose("c1", [new File(["x"], "setup.exe", { type: "application/x-msdownload" })]);
  await waitFor(() => expect(getByText(/setup.exe is of a kind/)).toBeTruthy());

  type("Hello");
  press("Enter");

  expect(unsent()).toEqual(["Hello"]);
  await waitFor(() => expect(getByText(/setup.exe is of a kind/)).toBeTruthy());
});

test("a company that takes no files shows no way to add one", () => {
  const { queryByRole } = compose("c1", {
    attachments: { enabled: false, maxBytes: 0, maxTotalBytes: 0, types: [] },
  });

  expect(queryByRole("button", { name: "Attach a file" })).toBeNull();
});
