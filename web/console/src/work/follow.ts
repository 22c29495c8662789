import type { AgentEvent } from "@kithdesk/api-client";

import { loadMissing } from "../desk/load.ts";
import { changeDesk, currentDesk } from "../desk/store.ts";
import { recallDeclined, takeDeclined } from "./declined.ts";
import { loadInHand, related } from "./in-hand.ts";
import { recallOffers, takeOffer } from "./offers.ts";
import { loadTerms } from "./terms.ts";
import { recallWrapUps, takeWrapUp } from "./wrap-ups.ts";

/** What an event of the inbox means to the work of this agent, once the desk has taken it. */
export function takeWork(event: AgentEvent, position: number): void {
  takeOffer(event);
  takeWrapUp(event);
  takeDeclined(event);
  const { me, confirmed } = currentDesk();
  if (event.kind === "agent.status_changed" && event.data.user === me) loadTermsQuietly(me);
  // Nobody's list need have brought what is offered to one.
  if (event.kind === "work.offered" && event.data.user === me && !confirmed.has(event.data.conversation)) {
    changeDesk((desk) => {
      desk.missing.set(event.data.conversation, position);
    });
  }
}

/** As the desk is read, for the first time or anew. Without an answer what is known of it stays. */
export async function recallWork(me: string): Promise<void> {
  loadTermsQuietly(me);
  const [answer] = await Promise.all([loadInHand(me).catch(() => null), recallDeclined()]);
  if (answer === null) return;
  recallOffers(answer.data);
  recallWrapUps(answer.data);
  askWhoseTheyAre(
    answer.data.map((item) => related(item, "conversation") ?? ""),
    answer.position,
  );
}

function askWhoseTheyAre(conversations: readonly string[], position: number): void {
  const unknown = conversations.filter((id) => !currentDesk().confirmed.has(id));
  if (unknown.length === 0) return;
  changeDesk((desk) => {
    for (const id of unknown) desk.missing.set(id, position);
  });
  // The next event asks again.
  loadMissing().catch(() => undefined);
}

/** Without them the usual reasons are there, and nothing is wrapped up on the screen. */
function loadTermsQuietly(me: string): void {
  loadTerms(me).catch(() => undefined);
}
