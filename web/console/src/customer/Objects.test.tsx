import type { AgentEvent } from "@kithdesk/api-client";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { useOverlay } from "../app/overlay.ts";
import { useKlasses } from "../objects/klasses.ts";
import { klassFromResource } from "../objects/reading.ts";
import { useObjectSheet } from "../objects/sheet.ts";
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

it("shows a kind of which nothing is loaded by its name and how many there are, and reads it when it is opened", async () => {
  const server = new ApiServer();
  const names = ["one", "two", "three", "four", "booking"];
  const meta = { total: 5, klasses: Object.fromEntries(names.map((name) => [name, 1])) };
  const all = "GET /v1/customers/k3/kobjects?page=1&pageSize=25";
  server.on(all, [200, { data: [], meta }]);
  for (const name of names.slice(0, 4)) server.on(`${all}&klass=${name}`, [200, { data: [], meta }]);
  const card = { type: "kobject.booking", id: "b1", attributes: { card: BOOKING } };
  server.on(`${all}&klass=booking`, [200, { data: [card], meta }]);
  render(<Objects customer="k3" conversation={null} />);
  const part = await screen.findByRole("region", { name: /booking/iu });
  expect(screen.queryByText("Two nights")).toBeNull();

  await userEvent.click(within(part).getByRole("button", { name: "Show all 1" }));

  expect(await screen.findByText("Two nights")).toBeTruthy();
  expect(within(part).queryByRole("button", { name: /Show/u })).toBeNull();
});

it("shows the newest of ten thousand, says how many there are, and goes on by pages", async () => {
  const server = new ApiServer();
  const meta = { total: 10_000, klasses: { booking: 10_000 } };
  const page = (from: number) => ({
    data: Array.from({ length: 25 }, (_, index) => {
      const id = `b${from + index}`;
      return {
        type: "kobject.booking",
        id,
        attributes: { card: { ...BOOKING, id, title: `Stay ${from + index}` } },
      };
    }),
    meta,
  });
  server.on("GET /v1/customers/k2/kobjects?page=1&pageSize=25", [200, page(0)]);
  server.on("GET /v1/customers/k2/kobjects?page=2&pageSize=25&klass=booking", [200, page(25)]);
  render(<Objects customer="k2" conversation={null} />);

  const all = await screen.findByRole("button", { name: `Show all ${(10_000).toLocaleString()}` });
  expect(screen.getAllByRole("listitem")).toHaveLength(3);
  await userEvent.click(all);
  expect(screen.getAllByRole("listitem")).toHaveLength(25);
  await userEvent.click(screen.getByRole("button", { name: "Show more" }));

  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(50));
});

it("offers to add a record where agents add some, and nothing where programs alone do", async () => {
  const server = new ApiServer();
  server.on("GET /v1/customers/k3/kobjects?page=1&pageSize=25", [200, { data: [], meta: { klasses: {} } }]);
  const klass = (mixins: readonly string[]) => {
    const attributes = { name: "booking", displayName: "Booking", status: "enabled", mixins };
    const known = klassFromResource({ type: "klass", id: "b", attributes });
    useKlasses.setState({ klasses: new Map([["booking", known]]) });
  };
  klass([]);
  const { rerender } = render(<Objects customer="k3" conversation="c1" />);
  await waitFor(() => expect(useObjectsStore.getState().of.get("k3")?.state).toBe("ready"));
  expect(screen.queryByRole("button")).toBeNull();

  klass(["creatable"]);
  rerender(<Objects customer="k3" conversation="c1" />);
  await userEvent.click(await screen.findByRole("button", { name: "Add booking" }));

  expect(useOverlay.getState().overlay).toBe("add-object");
  expect(useObjectSheet.getState().place).toEqual({ customer: "k3", conversation: "c1" });
});
