import type { AgentEvent } from "@kithdesk/api-client";
import { render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { Objects } from "./Objects.tsx";
import { takeObjectEvent, useObjectsStore } from "./objects.ts";

const AT = "2026-11-24T10:00:00.000Z";
const BOOKING = {
  id: "b1",
  klass: "booking",
  klassDisplayName: "Booking",
  title: "Two nights",
  fields: [],
  createdAt: AT,
  updatedAt: AT,
};

afterEach(() => vi.unstubAllGlobals());

it("gives a kind that was defined since a part of its own, with the first record of it", async () => {
  const server = new ApiServer();
  server.on("GET /v1/customers/k1/kobjects?page=1&pageSize=25", [200, { data: [], meta: { total: 0 } }]);
  server.on("GET /v1/klasses?page=1&pageSize=100", [200, { data: [], meta: { totalPages: 1 } }]);
  render(<Objects customer="k1" conversation={null} />);
  const data = { customer: "k1", kobject: BOOKING };
  const event = { kind: "kobject.created", at: AT, data } as unknown as AgentEvent;
  await waitFor(() => expect(useObjectsStore.getState().of.get("k1")?.state).toBe("ready"));

  takeObjectEvent("k1", event, 11);

  expect(await screen.findByRole("heading", { name: /Booking/u })).toBeTruthy();
  expect(screen.getByText("Two nights")).toBeTruthy();
});
