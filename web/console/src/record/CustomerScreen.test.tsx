import { render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import { replaceDesk } from "../desk/store.ts";
import { AT, ME } from "../desk/testing.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { useTimelines } from "../timeline/follow.ts";
import { CustomerScreen } from "./CustomerScreen.tsx";

let server: ApiServer;

beforeEach(async () => {
  server = new ApiServer();
  replaceDesk(emptyDesk(ME));
  useTimelines.setState({ timelines: new Map() });
  await new LiveServer().connects();
});

afterEach(() => {
  disconnect();
  vi.unstubAllGlobals();
});

function entry(position: number, kind: string, data: object) {
  const actor = { type: "machine", id: "u9", displayName: "Shop" };
  const attributes = { kind, at: AT, position, conversation: null, actor, data };
  return { type: "timeline_entry", id: `e${position}`, attributes };
}

it("shows the timeline of a customer who never wrote", async () => {
  server.on("GET /v1/customers/k1", resource("customer", "k1", { displayName: "Maya Lindqvist" }));
  server.on("GET /v1/customers/k1/conversations?pageSize=25", [200, { data: [], meta: {} }]);
  const name = { before: null, after: "Maya Lindqvist" };
  const entries = [
    entry(1, "customer.updated", { customer: "k1", displayName: "Maya Lindqvist", changes: { name } }),
    entry(2, "customer.tracked", { customer: "k1", name: "Basket left", at: AT, meta: {} }),
  ];
  server.on("GET /v1/customers/k1/timeline?pageSize=50", [200, { data: entries, meta: { more: false } }]);

  render(<CustomerScreen id="k1" />);

  const timeline = await screen.findByRole("region", { name: "Timeline of Maya Lindqvist" });
  expect(await within(timeline).findByText("Basket left")).toBeTruthy();
  expect(within(timeline).getByText(/Shop changed the name/)).toBeTruthy();
});
