import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { confirmWhole, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { AT, aConversation, ME } from "../desk/testing.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { toggleBar } from "../timeline/bar.ts";
import { useTimelines } from "../timeline/follow.ts";
import { ConversationPane } from "./ConversationPane.tsx";

let server: ApiServer;

beforeEach(async () => {
  server = new ApiServer();
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirmWhole(desk, aConversation({ id: "c1", customer: "k1", status: "done" })));
  changeDesk((desk) =>
    confirmWhole(
      desk,
      aConversation({ id: "c0", customer: "k1", name: "Flying with a stove", status: "done" }),
    ),
  );
  useTimelines.setState({ timelines: new Map() });
  const nothing = [200, { data: [], meta: { more: false } }] as const;
  server.on("GET /v1/customers/k1/timeline?conversation=c1&pageSize=50", nothing);
  server.on("GET /v1/customers/k1/timeline?pageSize=50", [
    200,
    { data: [done(1, "c0")], meta: { more: false } },
  ]);
  await new LiveServer().connects();
});

afterEach(() => {
  disconnect();
  vi.unstubAllGlobals();
});

function done(position: number, conversation: string) {
  const changes = { status: { before: "open", after: "done" } };
  const attributes = {
    kind: "conversation.updated",
    at: AT,
    position,
    conversation,
    actor: null,
    data: { conversation, customer: "k1", changes, cause: null },
  };
  return { type: "timeline_entry", id: `e${position}`, attributes };
}

it("goes to everything of the customer by one press that is in sight, and says how the others stand", async () => {
  render(<ConversationPane id="c1" isReady />);

  await userEvent.click(await screen.findByRole("button", { name: "Everything" }));

  const other = await screen.findByRole("button", { name: "Flying with a stove Done" });
  expect(other.title).toBe("Go to Flying with a stove");
});

it("is as it was before when one comes back: without the bar, and by itself", async () => {
  const visit = render(<ConversationPane id="c1" isReady />);
  await userEvent.click(await screen.findByRole("button", { name: "Everything" }));
  toggleBar("c1");
  await screen.findByRole("searchbox");
  visit.unmount();

  render(<ConversationPane id="c1" isReady />);

  expect((await screen.findByRole("button", { name: "Everything" })).getAttribute("aria-pressed")).toBe(
    "false",
  );
  expect(screen.queryByRole("searchbox")).toBeNull();
});
