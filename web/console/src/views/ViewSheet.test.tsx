import { configure, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import { replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import { ViewSheet } from "./ViewSheet.tsx";
import type { View } from "./views.ts";

// Whether each of many fields can be seen is not what is asked here, and takes seconds.
configure({ defaultHidden: true });

const PUT = "PUT /v1/views/v1";
const GOLD: View = {
  id: "v1",
  name: "Gold",
  context: "conversation",
  query: { and: [{ conversation_status: { in: ["open"] } }] },
  isShared: true,
  rev: 4,
};

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  replaceDesk(emptyDesk(ME));
  server.on(PUT, resource("view", "v1", { ...GOLD, rev: 5 }));
});

async function renames(): Promise<void> {
  const name = screen.getByRole("textbox", { name: "Name" });
  await userEvent.clear(name);
  await userEvent.type(name, "Golden");
}

async function reorders(): Promise<void> {
  const order = screen.getByRole("combobox", { name: "In the order of" });
  await userEvent.selectOptions(order, "What is promised to be answered next");
}

async function saves(): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
}

it("sends only what is changed, and leaves the rest to whoever changed it meanwhile", async () => {
  const onClose = vi.fn();
  render(<ViewSheet view={GOLD} onClose={onClose} />);

  await renames();
  await saves();

  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(server.bodies(PUT)).toEqual([{ name: "Golden" }]);
});

it("changes what a view shows only if that is still what was seen, and says so if it is not", async () => {
  server.on(PUT, refusal(409, "conflict"));
  const onClose = vi.fn();
  const { rerender } = render(<ViewSheet view={GOLD} onClose={onClose} />);

  rerender(<ViewSheet view={{ ...GOLD, rev: 5, query: { and: [] } }} onClose={onClose} />);
  await reorders();
  await saves();

  await screen.findByText(/Somebody has changed what it shows meanwhile/);
  expect(server.bodies(PUT)).toEqual([
    { query: { ...GOLD.query, sort: [{ conversation_sla_due_at: "asc" }] }, rev: 4 },
  ]);
  expect(onClose).not.toHaveBeenCalled();
});

it("says it in the server's words where it is refused for something else", async () => {
  server.on(PUT, refusal(409, "too_many_views"));
  render(<ViewSheet view={GOLD} onClose={() => undefined} />);

  await userEvent.click(screen.getByRole("checkbox"));
  await saves();

  await screen.findByText(/too_many_views/);
  expect(server.bodies(PUT)).toEqual([{ isShared: false }]);
});
