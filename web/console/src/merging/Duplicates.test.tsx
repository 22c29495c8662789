import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { closeOverlay, useOverlay } from "../app/overlay.ts";
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
