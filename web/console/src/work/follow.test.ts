import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import { currentDesk, replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import { recallWork } from "./follow.ts";
import { useOffers } from "./offers.ts";
import { useWrapUps } from "./wrap-ups.ts";

const IN_HAND = `GET /v1/routing/users/${ME}/work-items?status=offered,wrap_up&page=1&pageSize=100`;

let server: ApiServer;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-24T12:00:00.000Z") });
  server = new ApiServer();
  server.on(IN_HAND, [
    200,
    { data: [item("w2", "c2", "wrap_up", 40_000), item("w1", "c1", "offered", 9_000)] },
  ]);
  replaceDesk(emptyDesk(ME));
});

afterEach(() => {
  useOffers.setState({ offers: [] });
  useWrapUps.setState({ wrapUps: [] });
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function item(id: string, conversation: string, status: string, remaining: number): object {
  return {
    type: "work_item",
    id,
    attributes: {
      status,
      remaining,
      changedAt: "2026-11-24T11:59:30.000Z",
      wrapUpUntil: "2026-11-24T12:00:30.000Z",
    },
    relationships: { conversation: { data: { type: "conversation", id: conversation } } },
  };
}

it("goes on after a reload with what is offered and what is wrapped up, and asks whose they are", async () => {
  server.on("GET /v1/conversations/c2,c1", [
    200,
    {
      data: [
        { type: "conversation", id: "c1", attributes: { customerName: "Maya" } },
        { type: "conversation", id: "c2", attributes: { customerName: "Ida", status: "done" } },
      ],
    },
  ]);

  await recallWork(ME);
  await vi.advanceTimersByTimeAsync(0);

  expect(useOffers.getState().offers).toMatchObject([{ item: "w1", endsAt: Date.now() + 9_000 }]);
  expect(useWrapUps.getState().wrapUps).toMatchObject([
    { item: "w2", endsAt: Date.now() + 40_000, lastsMs: 60_000 },
  ]);
  expect(currentDesk().conversations.get("c2")?.customerName).toBe("Ida");
  vi.advanceTimersByTime(40_000);
  expect(useWrapUps.getState().wrapUps).toEqual([]);
});

it("keeps what it knows when nobody answers", async () => {
  await recallWork(ME);
  server.on(IN_HAND, refusal(500));

  await recallWork(ME);

  expect(useOffers.getState().offers).toHaveLength(1);
  expect(useWrapUps.getState().wrapUps).toHaveLength(1);
});
