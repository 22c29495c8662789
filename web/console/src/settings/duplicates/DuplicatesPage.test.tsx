import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal } from "../../api/testing.ts";
import { closeOverlay, useOverlay } from "../../app/overlay.ts";
import { useMerged, useMerging } from "../../merging/merging.ts";
import { DuplicatesPage } from "./DuplicatesPage.tsx";

const PATH = "GET /v1/customers/duplicates?page=1&pageSize=25";
const DISMISSAL = "POST /v1/customers/k1/duplicates/k2/dismissal";

let server: ApiServer;

const person = (id: string, displayName: string) => ({
  id,
  displayName,
  emails: [{ email: `${id}@lind.example`, verified: false }],
  phones: [],
  lastActivityAt: "2026-11-24T10:00:00.000Z",
});

const pair = (one: string, other: string, reason: string) => ({
  type: "customer_pair",
  id: `${one}.${other}`,
  attributes: {
    customers: [person(one, `Maya ${one}`), person(other, `M. Lind ${other}`)],
    reasons: [{ kind: "phone", text: reason }],
    score: 50,
  },
});

const answer = (pairs: readonly object[], total = pairs.length) =>
  [200, { data: pairs, meta: { total } }] as const;

beforeEach(() => {
  server = new ApiServer();
  server.on(PATH, answer([pair("k1", "k2", "Both have the telephone number +467012345.")]));
});

afterEach(() => {
  closeOverlay();
  vi.unstubAllGlobals();
});

it("says who may be whom and why, and opens the comparison", async () => {
  render(<DuplicatesPage />);

  const list = await screen.findByRole("list", { name: "Possible duplicates" });
  within(list).getByText("Both have the telephone number +467012345.");
  expect(screen.getByRole("link", { name: "Maya k1" }).getAttribute("href")).toContain("k1");
  await userEvent.click(screen.getByRole("button", { name: "Compare Maya k1 and M. Lind k2" }));

  expect(useMerging.getState().merging).toEqual({ customer: "k1", other: "k2" });
  expect(useOverlay.getState().overlay).toBe("merge");
});

it("drops a pair that is two people, and shows it again when that could not be kept", async () => {
  server.on(DISMISSAL, refusal(503, "overloaded"));
  render(<DuplicatesPage />);

  await userEvent.click(await screen.findByRole("button", { name: "Two people Maya k1 and M. Lind k2" }));

  await waitFor(() => expect(server.asked.some(({ method }) => method === "POST")).toBe(true));
  await screen.findByText("Maya k1");
});

it("says so when no two records look alike", async () => {
  server.on(PATH, answer([]));
  render(<DuplicatesPage />);

  await screen.findByText("No two records look alike");
});

it("asks again when it could not be loaded", async () => {
  server.on(PATH, refusal(500));
  render(<DuplicatesPage />);
  const again = await screen.findByRole("button", { name: "Try again" });

  server.on(PATH, answer([pair("k1", "k2", "Both.")]));
  await userEvent.click(again);

  await screen.findByText("Maya k1");
});

it("asks anew after a merge", async () => {
  render(<DuplicatesPage />);
  await screen.findByText("Maya k1");

  server.on(PATH, answer([pair("k3", "k4", "Both.")]));
  act(() => useMerged.setState(({ version }) => ({ version: version + 1 })));

  await screen.findByText("Maya k3");
  expect(screen.queryByText("Maya k1")).toBeNull();
});
