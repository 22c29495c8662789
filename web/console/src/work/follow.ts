import type { AgentEvent } from "@kithdesk/api-client";

import { changeDesk, currentDesk } from "../desk/store.ts";
import { recallOffers, takeOffer } from "./offers.ts";
import { loadTerms } from "./terms.ts";
import { takeWrapUp } from "./wrap-ups.ts";

/** What an event of the inbox means to the work of this agent, once the desk has taken it. */
export function takeWork(event: AgentEvent, position: number): void {
  takeOffer(event);
  takeWrapUp(event);
  const { me, confirmed } = currentDesk();
  if (event.kind === "agent.status_changed" && event.data.user === me) loadTermsQuietly(me);
  // Nobody's list need have brought what is offered to one.
  if (event.kind === "work.offered" && event.data.user === me && !confirmed.has(event.data.conversation)) {
    changeDesk((desk) => {
      desk.missing.set(event.data.conversation, position);
    });
  }
}

/** As the desk is read, for the first time or anew. */
export async function recallWork(me: string): Promise<void> {
  loadTermsQuietly(me);
  await recallOffers(me);
}

/** Without them the usual reasons are there, and nothing is wrapped up on the screen. */
function loadTermsQuietly(me: string): void {
  loadTerms(me).catch(() => undefined);
}
