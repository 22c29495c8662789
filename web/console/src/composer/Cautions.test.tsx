import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, aMessage, ME } from "../desk/testing.ts";
import type { Message } from "../desk/types.ts";
import { openOutbox, useOutbox } from "../live/outbox.ts";
import { useSession } from "../session/session.ts";
import type { Entry } from "../timeline/entries.ts";
import { useTimelines } from "../timeline/follow.ts";
import { LOADING, type Timeline } from "../timeline/timeline.ts";
import { Composer } from "./Composer.tsx";
import { useComposer } from "./composer.ts";

const NOTE = "Third return this month, be careful.";
const BEN = { type: "user", id: "u2", displayName: "Ben" } as const;

beforeEach(() => {
  localStorage.clear();
  new ApiServer();
  useSession.setState({
    state: "in",
    me: { id: ME, displayName: "Ana", email: "ana@shop.example", isAdmin: false },
  });
  useComposer.setState({ drafts: new Map() });
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirm(desk, aConversation()));
  openOutbox(ME);
});

function holds(...messages: Partial<Message>[]): void {
  const entries = messages.map(
    (over, index) =>
      ({ kind: "message", position: index + 1, message: aMessage({ id: `m${index}`, ...over }) }) as Entry,
  );
  const timeline: Timeline = { ...LOADING, entries, state: "ready", isComplete: true };
  useTimelines.setState({ timelines: new Map([["c1", timeline]]) });
}

function opened(): HTMLElement {
  render(<Composer conversation="c1" />);
  return screen.getByRole("textbox");
}

const sent = () => useOutbox.getState().entries.map(({ kind, body }) => ({ kind, body }));

it("asks before a customer reads what was written as a note", async () => {
  holds({ kind: "note", direction: "out", body: NOTE });
  const field = opened();

  await userEvent.type(field, `${NOTE}{Control>}{Enter}{/Control}`);

  expect(sent()).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Send it", hidden: true }));
  expect(sent()).toEqual([{ kind: "message", body: NOTE }]);
});

it("goes on writing where one thinks better of it", async () => {
  holds({ kind: "note", direction: "out", body: NOTE });
  const field = opened();
  await userEvent.type(field, `${NOTE}{Control>}{Enter}{/Control}`);

  await userEvent.click(screen.getByRole("button", { name: "Keep writing", hidden: true }));
  await userEvent.click(screen.getByRole("button", { name: "Make it a note" }));
  await userEvent.click(screen.getByRole("button", { name: "Add note" }));

  expect(sent()).toEqual([{ kind: "note", body: NOTE }]);
});

it("says that a colleague has answered since one began, and not what was answered before", async () => {
  const before = { direction: "out", sentBy: BEN, body: "Hello" } as const;
  holds(before);
  await userEvent.type(opened(), "Let me see");
  expect(screen.queryByText(/answered while/)).toBeNull();

  act(() => holds(before, { direction: "out", sentBy: BEN, body: "It is on its way." }));

  expect(screen.getByText("Ben answered while you were writing.")).toBeTruthy();
});

it("says nothing of one's own answer, and of a note", async () => {
  holds({});
  await userEvent.type(opened(), "Let me see");

  act(() =>
    holds(
      {},
      { direction: "out", sentBy: { ...BEN, id: ME } },
      { kind: "note", direction: "out", sentBy: BEN, body: "Psst" },
    ),
  );

  expect(screen.queryByText(/answered while/)).toBeNull();
});
