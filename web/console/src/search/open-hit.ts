import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { go, openConversation, useNavigation } from "../navigation/navigation.ts";
import { formatRoute } from "../navigation/route.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import type { Hit } from "./search.ts";

/** Goes to what was found: the conversation it is in, or the latest one of the customer it belongs to. */
export async function openHit(hit: Hit): Promise<void> {
  if (hit.conversation !== null) {
    openConversation(hit.conversation);
    return;
  }
  const customer = customerOf(hit);
  if (hit.kind === "company") go({ screen: "company", id: hit.id });
  else if (customer === null) showToast(words.nobodys(hit.title));
  else await openCustomer(customer);
}

/** A customer is seen beside their latest conversation; one who never wrote, by themselves. */
export async function openCustomer(id: string): Promise<void> {
  try {
    const { data } = await api.list(`/v1/customers/${id}/conversations?page=1&pageSize=1`);
    const [latest] = data;
    if (latest === undefined) go({ screen: "customer", id });
    else go({ ...useNavigation.getState().inbox, conversation: latest.id, pane: "customer" });
  } catch (error) {
    showToast(words.notOpened(wordsFor(error)), { tone: "problem" });
  }
}

/** The address of it, for another tab. */
export function addressOf(hit: Hit): string | null {
  const { conversation } = hit;
  if (conversation !== null)
    return formatRoute({ ...useNavigation.getState().inbox, conversation, pane: "main" });
  if (hit.kind === "company") return formatRoute({ screen: "company", id: hit.id });
  const customer = customerOf(hit);
  return customer === null ? null : formatRoute({ screen: "customer", id: customer });
}

function customerOf({ kind, id, customer }: Hit): string | null {
  return kind === "customer" ? id : (customer?.id ?? null);
}
