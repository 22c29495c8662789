import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk, useDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { undoLatest, useToasts } from "../toast/toast.ts";
import { WishFact } from "./WishFact.tsx";
import { WishPicker } from "./WishPicker.tsx";
import { useSkills } from "./wishes.ts";

const CONVERSATION = "PUT /v1/conversations/c1";
let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(CONVERSATION, resource("conversation", "c1", {}));
  server.on("GET /v1/routing/skills?page=1&pageSize=100", [
    200,
    { data: [{ type: "skill", id: "s1", attributes: { key: "mending", name: "Mending" } }] },
  ]);
  const desk = emptyDesk(ME);
  const there = { reason: null, changedAt: null, load: null, capacity: null, status: "available" } as const;
  desk.agents.set(ME, { ...there, id: ME, displayName: "Ana" });
  desk.agents.set("u2", { ...there, id: "u2", displayName: "Ben" });
  confirm(desk, aConversation({}));
  replaceDesk(desk);
});

afterEach(() => {
  replaceDesk(emptyDesk(ME));
  useSkills.setState({ skills: [] });
  useToasts.setState({ toasts: [] });
  vi.unstubAllGlobals();
});

function open(): void {
  render(<WishPicker conversation="c1" anchor={null} onClose={() => undefined} />);
}

function Fact() {
  const conversation = useDesk((desk) => desk.conversations.get("c1"));
  return conversation === undefined ? null : <WishFact conversation={conversation} />;
}

it("wishes for an agent and asks for a skill, one after the other", async () => {
  open();

  await userEvent.click(await screen.findByRole("option", { name: "Mending" }));
  await userEvent.click(screen.getByRole("option", { name: "Ben" }));

  await waitFor(() =>
    expect(server.bodies(CONVERSATION)).toEqual([{ skills: ["mending"] }, { preferredUser: "u2" }]),
  );
});

it("takes both back, by picking them once more or by undoing", async () => {
  changeDesk((desk) =>
    confirm(desk, aConversation({ preferredUser: "u2", skills: ["gone", "mending"], position: 2 })),
  );
  open();

  await userEvent.click(await screen.findByRole("option", { name: /^Ben/ }));
  await userEvent.click(screen.getByRole("option", { name: /^gone/ }));
  undoLatest();

  await waitFor(() =>
    expect(server.bodies(CONVERSATION)).toEqual([
      { preferredUser: null },
      { skills: ["mending"] },
      { skills: ["gone", "mending"] },
    ]),
  );
});

it("is seen in the header where there is one, and where another agent has just made one", async () => {
  render(<Fact />);
  expect(screen.queryByRole("button")).toBeNull();

  changeDesk((desk) =>
    confirm(desk, aConversation({ preferredUser: "u2", skills: ["mending"], position: 2 })),
  );

  expect(
    await screen.findByRole("button", { name: "Preferred agent and skills: Ben, Mending" }),
  ).toBeDefined();
});
