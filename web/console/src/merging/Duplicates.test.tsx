import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { closeOverlay, useOverlay } from "../app/overlay.ts";
import { told } from "../desk/testing.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { followCustomer, useTimelines } from "../timeline/follow.ts";
import { Duplicates } from "./Duplicates.tsx";
import { useMerging } from "./merging.ts";

const DISMISSAL = "POST /v1/customers/k1/duplicates/k2/dismissal";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  const attributes = {
    displayName: "M. Lindqvist",
    emails: [{ email: "m@work.example", verified: false }],
    lastActivityAt: "2026-11-24T10:00:00.000Z",
    reasons: [{ kind: "phone", text: "Both have the telephone number +46701234567." }],
  };
  server.on("GET /v1/customers/k1/duplicates", [
    200,
    { data: [{ type: "customer_duplicate", id: "k2", attributes }] },
  ]);
});

afterEach(() => {
  closeOverlay();
  vi.unstubAllGlobals();
});

it("says who it may be and why, and changes nothing by itself", async () => {
  render(<Duplicates customer="k1" />);

  await screen.findByText("M. Lindqvist");
  expect(screen.getByText("Both have the telephone number +46701234567.")).toBeTruthy();
  expect(server.asked.every(({ method }) => method === "GET")).toBe(true);
});

it("opens the comparison of the two", async () => {
  render(<Duplicates customer="k1" />);

  await userEvent.click(await screen.findByRole("button", { name: "Compare with M. Lindqvist" }));

  expect(useMerging.getState().merging).toEqual({ customer: "k1", other: "k2" });
  expect(useOverlay.getState().overlay).toBe("merge");
});

it("goes when it is said to be somebody else, and comes back when that could not be kept", async () => {
  const answer = server.late(DISMISSAL);
  render(<Duplicates customer="k1" />);

  await userEvent.click(await screen.findByRole("button", { name: "M. Lindqvist is somebody else" }));
  expect(screen.queryByText("M. Lindqvist")).toBeNull();

  answer([503, { errors: [{ status: 503, code: "busy", title: "Busy" }] }]);
  await screen.findByText("M. Lindqvist");
});

it("is there as soon as a visitor claims what another customer has", async () => {
  const live = new LiveServer();
  await live.connects();
  useTimelines.setState({ timelines: new Map() });
  server.on("GET /v1/customers/k9/timeline?pageSize=50", [200, { data: [], meta: { more: false } }]);
  server.on("GET /v1/customers/k9/duplicates", [200, { data: [] }]);
  const end = followCustomer("k9");
  await vi.waitFor(() => expect(live.of("subscribe")).toHaveLength(1));
  render(<Duplicates customer="k9" />);
  const reasons = [{ kind: "email", text: "This one says they have the e-mail address ana@acme.test." }];
  const attributes = { displayName: "Ana", emails: [], lastActivityAt: null, reasons };
  server.on("GET /v1/customers/k9/duplicates", [
    200,
    { data: [{ type: "customer_duplicate", id: "k2", attributes }] },
  ]);

  const changes = { claims: { before: {}, after: { emails: ["ana@acme.test"] } } };
  const event = told("customer.updated", { customer: "k9", displayName: "Visitor K9", changes });
  act(() => live.says({ op: "event", topic: "customer:k9", position: 11, event }));

  expect(await screen.findByText(/This one says they have/)).toBeTruthy();
  end();
  disconnect();
});
