import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import type { Resource } from "../desk/reading.ts";
import { replaceDesk } from "../desk/store.ts";
import { AT, ME, told } from "../desk/testing.ts";
import { useNavigation } from "../navigation/navigation.ts";
import { useToasts } from "../toast/toast.ts";
import { words } from "./en.ts";
import { accept, decline, recallOffers, takeOffer, useOffers } from "./offers.ts";

const UNTIL = "2026-11-24T12:00:30.000Z";
const WORK = { item: "w1", conversation: "c1", queue: "q1", user: ME };
const ITEM = "/v1/routing/work-items/w1";

let server: ApiServer;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(AT) + 3_600_000 });
  vi.stubGlobal("location", { hash: "" });
  vi.stubGlobal("history", { pushState: () => undefined });
  server = new ApiServer();
  const chosen = { user: ME, displayName: "Ana", load: 1, capacity: 4, idleSince: AT };
  const decision = { at: AT, because: "most_room", chosen, runnersUp: [], others: { full: 2 }, unseen: 0 };
  server.on(`GET ${ITEM}/decisions?page=1&pageSize=1`, [
    200,
    { data: [{ type: "routing_decision", id: "d1", attributes: decision }] },
  ]);
  server.on(`POST ${ITEM}/accept`, resource("work_item", "w1", { status: "assigned" }));
  server.on(`POST ${ITEM}/decline`, resource("work_item", "w1", { status: "queued" }));
  replaceDesk(emptyDesk(ME));
});

afterEach(() => {
  useOffers.setState({ offers: [] });
  useToasts.setState({ toasts: [] });
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function offered(over: Partial<typeof WORK> = {}): void {
  takeOffer(told("work.offered", { ...WORK, ...over, until: UNTIL }));
}

function items(): string[] {
  return useOffers.getState().offers.map(({ item }) => item);
}

it("counts by this machine's clock for how long the server gives, whatever the server's clock says", () => {
  offered();

  expect(useOffers.getState().offers).toMatchObject([{ endsAt: Date.now() + 30_000, lastsMs: 30_000 }]);
});

it("says why it is this agent", async () => {
  offered();
  await vi.advanceTimersByTimeAsync(0);

  expect(useOffers.getState().offers[0]?.why).toBe("You have the most room, with 1 of 4 in hand.");
});

it("does not show what is offered to a colleague", () => {
  offered({ user: "ben" });

  expect(items()).toEqual([]);
});

it("opens what was accepted, and is rid of it", async () => {
  offered();

  await accept("w1");

  expect(items()).toEqual([]);
  expect(useNavigation.getState().inbox.conversation).toBe("c1");
});

it("asks the server once, however often one presses", async () => {
  offered();

  await Promise.all([accept("w1"), accept("w1"), decline("w1")]);

  expect(server.bodies(`POST ${ITEM}/accept`)).toHaveLength(1);
  expect(server.bodies(`POST ${ITEM}/decline`)).toHaveLength(0);
});

it("says in words that it was too late", async () => {
  server.on(`POST ${ITEM}/accept`, refusal(409, "offer_gone"));
  offered();

  await accept("w1");

  expect(items()).toEqual([]);
  expect(useToasts.getState().toasts[0]?.text).toContain("no longer offered to you");
});

it("promises nobody's time when it was declined: there may be no other agent", async () => {
  offered();

  await decline("w1");

  expect(useToasts.getState().toasts.at(-1)?.text).toBe("Declined. It waits for somebody else.");
});

it("keeps the offer when the answer did not arrive", async () => {
  server.isAway = true;
  offered();

  await decline("w1");

  expect(useOffers.getState().offers).toMatchObject([{ item: "w1", isAnswered: false }]);
});

it("is gone in every window when it was taken, declined, called back or done", () => {
  const changes = { status: { before: "open", after: "done" } } as const;
  const ends = [
    () => takeOffer(told("work.offer_ended", { ...WORK, how: "declined" })),
    () =>
      takeOffer(
        told("conversation.ended", {
          conversation: "c1",
          endedAt: AT,
          endedBy: { type: "customer", displayName: "Maya" },
        }),
      ),
    () =>
      takeOffer(told("conversation.updated", { conversation: "c1", customer: "k1", changes, cause: null })),
  ];
  for (const end of ends) {
    offered();
    expect(items()).toEqual(["w1"]);
    end();
    expect(items()).toEqual([]);
  }
});

it("says that the chat has ended to whoever was about to answer", () => {
  offered();

  takeOffer(
    told("conversation.ended", {
      conversation: "c1",
      endedAt: AT,
      endedBy: { type: "customer", displayName: "Maya" },
    }),
  );

  expect(useToasts.getState().toasts).toMatchObject([
    { text: "The chat that was offered to you has ended.", tone: "plain" },
  ]);
});

it("says why nothing comes any more to whoever let it pass, with the way back", () => {
  offered();

  takeOffer(told("work.offer_ended", { ...WORK, how: "timed_out" }));

  expect(useToasts.getState().toasts[0]).toMatchObject({ action: { label: "Go available" } });
});

it("goes by itself shortly after its time when nobody says that it has ended", () => {
  offered();

  vi.advanceTimersByTime(31_000);
  expect(items()).toEqual(["w1"]);
  vi.advanceTimersByTime(2_000);
  expect(items()).toEqual([]);
});

it("says once that it is gone to whoever was answering when the time was up", async () => {
  const answer = server.late(`POST ${ITEM}/accept`);
  offered();
  const accepted = accept("w1");

  takeOffer(told("work.offer_ended", { ...WORK, how: "timed_out" }));
  answer(refusal(409, "offer_gone"));
  await accepted;

  expect(useToasts.getState().toasts.map(({ text, tone }) => [text, tone])).toEqual([[words.gone, "plain"]]);
});

function inHand(id: string, over: object = {}): Resource {
  return {
    type: "work_item",
    id,
    attributes: { status: "offered", offeredAt: AT, offeredUntil: UNTIL, remaining: 12_000, ...over },
    relationships: { conversation: { data: { id: "c1" } }, queue: { data: { id: "q1" } } },
  };
}

it("shows what was offered before the page was there, for as long as the server still gives", async () => {
  recallOffers([inHand("w1"), inHand("w2", { remaining: 5_000 }), inHand("w3", { status: "wrap_up" })]);
  await vi.advanceTimersByTimeAsync(0);

  expect(useOffers.getState().offers).toMatchObject([
    { item: "w2", endsAt: Date.now() + 5_000 },
    {
      item: "w1",
      conversation: "c1",
      queue: "q1",
      endsAt: Date.now() + 12_000,
      lastsMs: 30_000,
      why: "You have the most room, with 1 of 4 in hand.",
    },
  ]);
});

it("is not begun anew by the replay of what has been read", () => {
  recallOffers([inHand("w1")]);

  offered();

  expect(useOffers.getState().offers).toMatchObject([{ endsAt: Date.now() + 12_000 }]);
});

it("forgets, when all is read anew, what ended meanwhile, and keeps what is being answered", () => {
  offered();
  offered({ item: "w2", conversation: "c2" });
  server.late(`POST ${ITEM}/accept`);
  void accept("w1");

  recallOffers([inHand("w1")]);

  expect(useOffers.getState().offers).toMatchObject([{ item: "w1", isAnswered: true }]);
});

it("shows what is offered a second time", () => {
  offered();

  recallOffers([inHand("w1", { offeredUntil: "2026-11-24T12:05:00.000Z", remaining: 29_000 })]);

  expect(useOffers.getState().offers).toMatchObject([{ item: "w1", endsAt: Date.now() + 29_000 }]);
});
