import { type AgentEvent, Refused } from "@kithdesk/api-client";
import { create } from "zustand";
import { words as agentWords } from "../agents/en.ts";
import { goAvailable } from "../agents/presence.ts";
import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import type { Resource } from "../desk/reading.ts";
import { currentDesk } from "../desk/store.ts";
import { openConversation } from "../navigation/navigation.ts";
import { onForget } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { loadDecisions, whyYou } from "./decisions.ts";
import { words } from "./en.ts";
import { forgetOffers, keepOffers, keptOffers, type Offer } from "./kept-offers.ts";

/** The oldest first: that is the one that a key answers. */
export const useOffers = create<{ readonly offers: readonly Offer[] }>(() => ({ offers: [] }));

/** How long after its time an offer may stay when nobody says that it has ended. */
const GRACE_MS = 2_000;

/** What the journal says of work; anything else ends or begins nothing. */
export function takeOffer(event: AgentEvent): void {
  switch (event.kind) {
    case "work.offered": {
      const { item, conversation, queue, user, until } = event.data;
      if (user !== currentDesk().me) return;
      const lastsMs = Date.parse(until) - Date.parse(event.at);
      show({ item, conversation, queue, lastsMs, endsAt: Date.now() + lastsMs, why: "", isAnswered: false });
      void explain(item);
      break;
    }
    case "work.offer_ended": {
      const { item, user, how } = event.data;
      const isMine = user === currentDesk().me;
      if (!isMine) return;
      drop((offer) => offer.item === item);
      if (how === "timed_out") sayMissed();
      break;
    }
    case "conversation.assigned":
    case "conversation.ended":
      drop(({ conversation }) => conversation === event.data.conversation);
      break;
    case "conversation.updated":
      if ("status" in event.data.changes)
        drop(({ conversation }) => conversation === event.data.conversation);
      break;
  }
}

export async function accept(item: string): Promise<void> {
  const offer = await answer(item, "accept");
  if (offer !== null) openConversation(offer.conversation);
}

export async function decline(item: string): Promise<void> {
  if ((await answer(item, "decline")) !== null) showToast(words.declined);
}

/** The one that has waited longest for an answer. */
export function firstOffer(): Offer | null {
  return useOffers.getState().offers.find(({ isAnswered }) => !isAnswered) ?? null;
}

/** What was offered before a reload, or while nothing could be heard, and still is. */
export async function recallOffers(me: string): Promise<void> {
  const known = [...useOffers.getState().offers, ...keptOffers(me)].filter(
    ({ endsAt }) => endsAt > Date.now(),
  );
  const asked = new Map(known.map((offer) => [offer.item, offer]));
  await Promise.all(
    [...asked.values()].map(async (offer) => {
      const answered = await api.get(`/v1/routing/work-items/${offer.item}`).catch(() => null);
      if (answered === null || !isOfferedTo(answered.data, me)) drop(({ item }) => item === offer.item);
      else show(offer);
    }),
  );
}

function isOfferedTo({ attributes, relationships }: Resource, me: string): boolean {
  return attributes.status === "offered" && relationships?.offeredTo?.data?.id === me;
}

async function answer(item: string, how: "accept" | "decline"): Promise<Offer | null> {
  const offer = useOffers.getState().offers.find((one) => one.item === item);
  if (offer === undefined || offer.isAnswered) return null;
  change(item, { isAnswered: true });
  try {
    await api.post(`/v1/routing/work-items/${item}/${how}`, {});
    drop((one) => one.item === item);
    return offer;
  } catch (error) {
    if (error instanceof Refused && (error.status === 409 || error.status === 404)) {
      drop((one) => one.item === item);
      showToast(words.gone, { tone: "problem" });
    } else {
      change(item, { isAnswered: false });
      showToast(words.notAnswered(wordsFor(error)), { tone: "problem" });
    }
    return null;
  }
}

/** Without it the offer stands all the same. */
async function explain(item: string): Promise<void> {
  const [decision] = await loadDecisions(item, 1).catch(() => []);
  if (decision !== undefined) change(item, { why: whyYou(decision) });
}

function sayMissed(): void {
  showToast(words.missed, {
    tone: "problem",
    action: { label: agentWords.goAvailable, isUndo: false, run: goAvailable },
  });
}

function show(offer: Offer): void {
  put([...useOffers.getState().offers.filter(({ item }) => item !== offer.item), offer]);
  const left = offer.endsAt - Date.now() + GRACE_MS;
  setTimeout(() => drop(({ item, endsAt }) => item === offer.item && endsAt === offer.endsAt), left);
}

function change(item: string, changes: Partial<Offer>): void {
  put(useOffers.getState().offers.map((offer) => (offer.item === item ? { ...offer, ...changes } : offer)));
}

function drop(isOver: (offer: Offer) => boolean): void {
  const { offers } = useOffers.getState();
  const left = offers.filter((offer) => !isOver(offer));
  if (left.length < offers.length) put(left);
}

function put(offers: readonly Offer[]): void {
  useOffers.setState({ offers });
  keepOffers(currentDesk().me, offers);
}

onForget(() => {
  useOffers.setState({ offers: [] });
  forgetOffers();
});
