import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { currentPlace, go } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { CommandPicker } from "./CommandPicker.tsx";

beforeEach(() => {
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirm(desk, aConversation({ id: "c1", status: "done" })));
  go({ ...HOME, screen: "inbox", list: "done", conversation: "c1", pane: "main" }, "replace");
});

afterEach(() => vi.unstubAllGlobals());

const labels = () => screen.getAllByRole("option").map(({ textContent }) => textContent);

it("offers for one conversation what can be done to it, in the words of the moment", () => {
  render(<CommandPicker of="conversation" onClose={vi.fn()} />);

  expect(labels()).toEqual([
    "Open againE",
    "AssignA",
    "Assign to meM",
    "Hand off to an agent or a queueH",
    "TagsL",
    "Preferred agent and skillsP",
    "Filter and search the timelineF",
    "Search this customer",
    "Merge this customer with…",
    "Show the customerI",
  ]);
});

it("finds records by their words, and leads to all of them", async () => {
  const server = new ApiServer();
  server.on("GET /v1/search?q=Alder&page=1&pageSize=8", [
    200,
    {
      data: [
        {
          type: "search_hit",
          id: "m1",
          attributes: {
            kind: "message",
            title: "Maya",
            snippet: "The Alder",
            highlights: [[4, 9]],
            conversation: "c9",
          },
        },
      ],
      meta: { total: 1 },
    },
  ]);
  const onClose = vi.fn();
  render(<CommandPicker of="everything" onClose={onClose} />);

  await userEvent.type(screen.getByRole("combobox"), "Alder");

  const hit = await screen.findByRole("option", { name: /The Alder/ });
  expect(hit.querySelector("mark")?.textContent).toBe("Alder");
  expect(labels()).toContain("Search for “Alder”");
  await userEvent.click(hit);
  expect(onClose).toHaveBeenCalled();
  expect(currentPlace().conversation).toBe("c9");
});

it("offers everything else as well from everywhere", () => {
  render(<CommandPicker of="everything" onClose={vi.fn()} />);

  expect(labels()).toEqual(expect.arrayContaining(["Open againE", "ReplyR", "Go to My work1", "Sign out"]));
});
