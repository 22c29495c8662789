import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";

import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { currentPlace, go } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { ConversationRow } from "./ConversationRow.tsx";

beforeEach(() => {
  replaceDesk(emptyDesk(ME));
  go(HOME, "replace");
});

function draw(over: Parameters<typeof aConversation>[0]) {
  changeDesk((desk) => {
    desk.agents.set("u2", {
      id: "u2",
      displayName: "Ben",
      status: "busy",
      reason: null,
      changedAt: null,
      load: 1,
      capacity: 4,
    });
    confirm(desk, aConversation(over));
  });
  render(<ConversationRow id="c1" showsAssignee isOpen={false} place={1} of={1} />);
  return screen.getByRole("option");
}

it("says in words what its colours say", () => {
  const row = draw({ isUnread: true, assignedUsers: ["u2"] });
  expect(row.textContent).toContain("Unread");
  expect(row.textContent).toContain("waiting since");
  expect(row.textContent).toContain("assigned to Ben");
});

it("says of a chat that has ended no more that somebody waits", () => {
  expect(draw({ ended: true }).textContent).not.toContain("waiting since");
});

it("says of a chat that ended unanswered that it did, until somebody is done with it", () => {
  draw({ ended: true });
  expect(screen.getByRole("img", { name: "The chat ended unanswered" })).toBeDefined();
  cleanup();
  draw({ ended: true, status: "done", position: 1 });
  expect(screen.queryByRole("img", { name: "The chat ended unanswered" })).toBeNull();
});

it("says of what a queue told who waits that it was automatic, and of an answer that it was one", () => {
  draw({ lastMessageDirection: "out", waitingSince: "2026-11-24T10:00:00.000Z" });
  expect(screen.getByRole("img", { name: "Automatic message:" })).toBeDefined();
  expect(screen.queryByRole("img", { name: "Answered:" })).toBeNull();
  cleanup();
  draw({ lastMessageDirection: "out", waitingSince: null, position: 1 });
  expect(screen.getByRole("img", { name: "Answered:" })).toBeDefined();
});

it("marks what came from a colleague, read or not", () => {
  changeDesk((desk) => desk.arrived.add("c1"));
  expect(draw({ isUnread: false }).textContent).toContain("New to you");
});

it("keeps the end of its second line for an avatar only where there is one", () => {
  expect(draw({ assignedUsers: ["u2"] }).classList).toContain("row--foot");
  cleanup();
  expect(draw({ assignedUsers: [] }).classList).not.toContain("row--foot");
});

it("shows names and messages as text", () => {
  const row = draw({ customerName: "<b>Bobby</b>", preview: "<img src=x onerror=alert(1)>" });
  expect(row.querySelector("b, img")).toBeNull();
  expect(row.textContent).toContain("<b>Bobby</b>");
});

it("says of one that a program began what it is about, for nothing was said in it", () => {
  const empty = { preview: "", lastMessageAt: null, waitingSince: null };
  expect(draw({ ...empty, name: "Recall of the stove" }).textContent).toContain("Recall of the stove");
  cleanup();
  expect(draw({ ...empty, name: null }).textContent).toContain("Nothing said yet");
});

it("says when a snoozed one comes back", () => {
  const row = draw({ status: "snoozed", snoozedUntil: "2030-01-01T09:00:00.000Z" });
  expect(row.querySelector("time")?.getAttribute("datetime")).toBe("2030-01-01T09:00:00.000Z");
  expect(row.textContent).not.toContain("waiting since");
});

it("opens with a click", async () => {
  await userEvent.click(draw({}));
  expect(currentPlace().conversation).toBe("c1");
});

it("says of what is held by email that it is, and what it is about", () => {
  const row = draw({ channel: "email", name: "Flying with a stove", preview: "Perfect, thank you." });
  expect(screen.getByRole("img", { name: "Email:" })).toBeDefined();
  expect(row.textContent).toContain("Flying with a stove – Perfect, thank you.");
});
