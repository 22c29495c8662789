import { render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { go } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { CommandPicker } from "./CommandPicker.tsx";

beforeEach(() => {
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirm(desk, aConversation({ id: "c1", status: "done" })));
  go({ ...HOME, screen: "inbox", list: "done", conversation: "c1", pane: "main" }, "replace");
});

const labels = () => screen.getAllByRole("option").map(({ textContent }) => textContent);

it("offers for one conversation what can be done to it, in the words of the moment", () => {
  render(<CommandPicker of="conversation" onClose={vi.fn()} />);

  expect(labels()).toEqual([
    "Open againE",
    "AssignA",
    "Assign to meM",
    "Hand off to an agent or a queueH",
    "TagsL",
    "Show the customerI",
  ]);
});

it("offers everything else as well from everywhere", () => {
  render(<CommandPicker of="everything" onClose={vi.fn()} />);

  expect(labels()).toEqual(expect.arrayContaining(["Open againE", "ReplyR", "Go to My work1", "Sign out"]));
});
