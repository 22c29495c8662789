import { type AgentEvent, Refused } from "@kithdesk/api-client";
import { create } from "zustand";
import { words as agentWords } from "../agents/en.ts";
import { goAvailable } from "../agents/presence.ts";
import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { type Resource, text } from "../desk/reading.ts";
import { currentDesk } from "../desk/store.ts";
import { hasUnsaved } from "../navigation/leaving.ts";
import { openConversation } from "../navigation/navigation.ts";
import { isSheetOpen } from "../picker/above.ts";
import { onForget } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { loadDecisions, whyYou } from "./decisions.ts";
import { words } from "./en.ts";
import { millisecondsLeft, related } from "./in-hand.ts";

/** A conversation that this agent is asked to take. */
export interface Offer {
  readonly item: string;
  readonly conversation: string;
  readonly queue: string | null;
  /** As the server says it: the same offer, however often it is told. */
  readonly until: string;
  /** By this machine's clock, which need not be the server's. */
  readonly endsAt: number;
  readonly lastsMs: number;
  readonly why: string;
  /** The answer is on its way. */
  readonly isAnswered: boolean;
}

/** The oldest first: that is the one that a key answers. */
export const useOffers = create<{ readonly offers: readonly Offer[] }>(() => ({ offers: [] }));

/** How long after its time an offer may stay when nobody says that it has ended. */
const GRACE_MS = 2_000;

/** What the journal says of work; anything else ends or begins nothing. */
export function takeOffer(event: AgentEvent): void {
  switch (event.kind) {
    case "work.offered": {
      const { item, conversation, queue, user, until } = event.data;
      if (user !== currentDesk().me || isKnown(item, until)) return;
      const lastsMs = Date.parse(until) - Date.parse(event.at);
      const endsAt = Date.now() + lastsMs;
      show({ item, conversation, queue, until, lastsMs, endsAt, why: "", isAnswered: false });
      void explain(item);
      break;
    }
    case "work.offer_ended": {
      const { item, user, how } = event.data;
      if (user !== currentDesk().me) return;
      // Whoever has just answered is told by the answer to that.
      const isAnswered = find(item)?.isAnswered === true;
      drop((offer) => offer.item === item);
      if (how === "timed_out" && !isAnswered) sayMissed();
      break;
    }
    case "conversation.assigned":
      drop(({ conversation }) => conversation === event.data.conversation);
      break;
    case "conversation.ended":
      sayEnded(event.data.conversation);
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
  if (offer === null) return;
  const open = () => openConversation(offer.conversation);
  // They are at something, which is not taken from them for having answered.
  if (isSheetOpen() || hasUnsaved())
    showToast(words.accepted, { action: { label: words.open, isUndo: false, run: open } });
  else open();
}

export async function decline(item: string): Promise<void> {
  if ((await answer(item, "decline")) !== null) showToast(words.declined);
}

/** Who has just gone away is asked no longer; the server says the same in a moment. */
export function leaveOffers(): void {
  drop(({ isAnswered }) => !isAnswered);
}

/** The one that has waited longest for an answer. */
export function firstOffer(): Offer | null {
  return useOffers.getState().offers.find(({ isAnswered }) => !isAnswered) ?? null;
}

/** What is offered by the server's own word: from before this page was opened, or while nothing could be heard. */
export function recallOffers(items: readonly Resource[]): void {
  const offers = items
    .filter(({ attributes }) => attributes.status === "offered")
    .map(offerFrom)
    .sort((one, other) => one.endsAt - other.endsAt);
  drop(({ item, until }) => !offers.some((offer) => offer.item === item && offer.until === until));
  for (const offer of offers.filter(({ item, until }) => !isKnown(item, until))) {
    show(offer);
    void explain(offer.item);
  }
}

function offerFrom(item: Resource): Offer {
  const { offeredAt, offeredUntil } = item.attributes;
  const until = text(offeredUntil);
  const left = millisecondsLeft(item);
  return {
    item: item.id,
    conversation: related(item, "conversation") ?? "",
    queue: related(item, "queue"),
    until,
    endsAt: Date.now() + left,
    lastsMs: Math.max(left, Date.parse(until) - Date.parse(text(offeredAt))),
    why: "",
    isAnswered: false,
  };
}

function find(item: string): Offer | undefined {
  return useOffers.getState().offers.find((offer) => offer.item === item);
}

/** A replay says again what was read. */
function isKnown(item: string, until: string): boolean {
  return find(item)?.until === until;
}

async function answer(item: string, how: "accept" | "decline"): Promise<Offer | null> {
  const offer = find(item);
  if (offer === undefined || offer.isAnswered) return null;
  change(item, { isAnswered: true });
  try {
    await api.post(`/v1/routing/work-items/${item}/${how}`, {});
    drop((one) => one.item === item);
    return offer;
  } catch (error) {
    if (error instanceof Refused && (error.status === 409 || error.status === 404)) {
      drop((one) => one.item === item);
      // Nobody did anything wrong: a colleague was quicker, or the time was.
      showToast(words.gone);
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

/** Or it would vanish from under the hand that reaches for it. Whoever has just answered is told by the answer. */
function sayEnded(id: string): void {
  const { offers } = useOffers.getState();
  if (offers.some(({ conversation, isAnswered }) => conversation === id && !isAnswered))
    showToast(words.ended);
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
}

onForget(() => useOffers.setState({ offers: [] }));
