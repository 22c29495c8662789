import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { ConversationPane } from "../conversation/ConversationPane.tsx";
import { confirmWhole, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { AT, aConversation, aMessage, ME } from "../desk/testing.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { toggleBar } from "./bar.ts";
import { useTimelines } from "./follow.ts";

let server: ApiServer;

const OWN = "GET /v1/customers/k1/timeline?conversation=c1&pageSize=50";
const WHOLE = "GET /v1/customers/k1/timeline?pageSize=";

beforeEach(async () => {
  server = new ApiServer();
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirmWhole(desk, aConversation({ id: "c1", customer: "k1" })));
  useTimelines.setState({ timelines: new Map() });
  server.on(OWN, page([said(90, "m90", "A tent for two"), said(91, "m91", "Which tent?")]));
  server.on(`${WHOLE}50`, page([]));
  await new LiveServer().connects();
  render(<ConversationPane id="c1" isReady />);
  await screen.findByText("Which tent?");
  toggleBar("c1");
});

afterEach(() => {
  disconnect();
  vi.unstubAllGlobals();
});

function page(data: unknown[], more = false) {
  return [200, { data, meta: { more } }] as const;
}

function said(position: number, id: string, body: string, conversation = "c1") {
  const message = aMessage({ id, body, conversation, customer: "k1" });
  const attributes = {
    kind: "message.created",
    at: AT,
    position,
    conversation,
    actor: null,
    data: { message },
  };
  return { type: "timeline_entry", id: `e${position}`, attributes };
}

function hit(id: string, position: number, minute: number, conversation = "c1") {
  const attributes = {
    kind: "message",
    snippet: "tents",
    highlights: [[0, 5]],
    at: `2026-11-24T11:${minute}:00.000Z`,
    position,
    conversation,
  };
  return { type: "search_hit", id, attributes };
}

function finds(
  query: string,
  hits: unknown[],
  total = hits.length,
  page = 1,
  kinds = "message,note,kobject",
) {
  const path = `/v1/search?q=${query}&customer=k1&sort=-at&types=${kinds}&page=${page}&pageSize=100`;
  server.on(`GET ${path}`, [200, { data: hits, meta: { total, isCapped: false } }]);
}

const field = () => screen.findByRole("searchbox", { name: "Search in this timeline" });
// What testing calls by role does not know the element.
const status = () => document.querySelector("search")?.querySelector('[role="status"]')?.textContent;
const says = (text: string) => waitFor(() => expect(status()).toBe(text));
const looksAt = () => document.querySelector("[data-found]")?.textContent;

it("marks what is loaded at once, and counts what the server has beyond it", async () => {
  finds("tent", [hit("m91", 91, 59), hit("m7", 7, 10, "c0")]);

  await userEvent.type(await field(), "tent");

  expect(status()).toBe("2 matches");
  await says("3 matches");
});

it("goes from one to the next and back again, through what is not loaded too", async () => {
  finds("tent", [hit("m7", 7, 10, "c0")]);
  server.on(
    `${WHOLE}25&before=8`,
    page([said(6, "m6", "Hello", "c0"), said(7, "m7", "My tents leak", "c0")]),
  );
  server.on(`${WHOLE}25&after=7`, page([said(8, "m8", "Since May", "c0")], true));
  await userEvent.type(await field(), "tent");
  await says("3 matches");

  await userEvent.keyboard("{Enter}");
  await says("1 of 3");
  expect(looksAt()).toContain("Which tent?");
  await userEvent.keyboard("{Enter}{Enter}");
  await says("3 of 3");
  await waitFor(() => expect(looksAt()).toContain("My tents leak"));
  expect(screen.getByText("Since May")).toBeTruthy();
  await userEvent.keyboard("{Enter}");
  await says("1 of 3");
  await userEvent.keyboard("{Shift>}{Enter}{/Shift}");
  await says("3 of 3");

  await userEvent.keyboard("{Escape}");

  expect(document.querySelector("search")).toBeNull();
  expect(screen.queryByText("My tents leak")).toBeNull();
  expect(screen.getByText("Which tent?")).toBeTruthy();
});

it("asks for more of the answer where it ends, and goes on", async () => {
  finds("tent", [hit("m91", 91, 59), hit("m90", 90, 58)], 3);
  finds("tent", [hit("m7", 7, 10, "c0")], 3, 2);
  server.on(`${WHOLE}25&before=8`, page([said(7, "m7", "My tents leak", "c0")]));
  server.on(`${WHOLE}25&after=7`, page([]));
  await userEvent.type(await field(), "tent");
  await says("3 matches");

  await userEvent.keyboard("{Enter}{Enter}{Enter}");

  await says("3 of 3");
  await waitFor(() => expect(looksAt()).toContain("My tents leak"));
});

it("goes to the first as soon as there is one, when somebody could not wait", async () => {
  const answer = server.late(
    "GET /v1/search?q=leak&customer=k1&sort=-at&types=message,note,kobject&page=1&pageSize=100",
  );
  server.on(`${WHOLE}25&before=8`, page([said(7, "m7", "My tents leak", "c0")]));
  server.on(`${WHOLE}25&after=7`, page([]));
  await userEvent.type(await field(), "leak{Enter}");
  await says("Looking further back");
  await waitFor(() => expect(server.asked.some(({ path }) => path.startsWith("/v1/search"))).toBe(true));

  answer([200, { data: [hit("m7", 7, 10, "c0")], meta: { total: 1 } }]);

  await says("1 of 1");
});

it("asks once for what was typed fast, and for the words as they are", async () => {
  finds("tents", [hit("m7", 7, 10)]);

  await userEvent.type(await field(), "tents");
  await says("1 match");

  expect(server.asked.filter(({ path }) => path.startsWith("/v1/search")).length).toBe(1);
});

it("asks for messages of the kind that is shown", async () => {
  fireEvent.change(await screen.findByRole("combobox"), { target: { value: "emails" } });
  finds("tent", [hit("m7", 7, 10)], 1, 1, "message&channel=email");

  await userEvent.type(await field(), "tent");

  await says("1 match");
});

it("says that nothing has the words, and leads on to all customers", async () => {
  finds("hammock", []);

  await userEvent.type(await field(), "hammock");

  await says("No match");
  expect(screen.getByRole("button", { name: "Search all customers" })).toBeTruthy();
});

it("says what went wrong, keeps what is loaded, and tries again", async () => {
  const path = "GET /v1/search?q=tent&customer=k1&sort=-at&types=message,note,kobject&page=1&pageSize=100";
  server.on(path, [503, { errors: [{ status: 503, code: "overloaded", title: "Busy" }] }]);
  await userEvent.type(await field(), "tent");
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(status()).toBe("2 matches");
  finds("tent", [hit("m7", 7, 10, "c0")]);

  await userEvent.click(screen.getByRole("button", { name: "Try again" }));

  await says("3 matches");
});
