import { Refused } from "@kithdesk/api-client";

import { wordsFor } from "../api/errors.ts";
import { closeOverlay, openOverlay } from "../app/overlay.ts";
import { flushDrafts } from "../composer/drafts.ts";
import { hasUnsavedDrafts } from "../composer/unsent.ts";
import { hasUnsent } from "../live/outbox.ts";
import { askToLeave, hasUnsaved } from "../navigation/leaving.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import { endSession } from "./session.ts";

/** Sign out, which deletes what this browser keeps. Asks first when some of it is nowhere else, unless that is fine. */
export async function signOut({ evenUnsent = false } = {}): Promise<void> {
  closeOverlay();
  if (hasUnsaved()) {
    askToLeave(() => void signOut({ evenUnsent }));
    return;
  }
  try {
    if (evenUnsent || (await isAllElsewhere())) await endSession();
    else openOverlay("sign-out");
  } catch (error) {
    showToast(words.signOutFailed(wordsFor(error)), { tone: "problem" });
  }
}

/** Rejects when the server does not answer: it could not end the session either. */
async function isAllElsewhere(): Promise<boolean> {
  try {
    await flushDrafts();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return false;
  }
  return !hasUnsent() && !hasUnsavedDrafts();
}
