import { newId } from "@kithdesk/api-client";

import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { isMasked } from "../attributes/attribute-values.ts";
import { isJson, type Resource } from "../desk/reading.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import { linkTo } from "./links.ts";
import { fullNameOf } from "./names.ts";
import { removeRecord } from "./record.ts";
import type { Klass, KObject } from "./types.ts";

/** All that is said of a record and not kept by the server itself. */
const SAID = ["externalId", "title", "description", "icon", "images", "custom", "data", "tags"];

/** Takes a record away, and offers to make it again. Rejects when it is still there. */
export async function removeAndOffer(object: KObject, klass: Klass): Promise<void> {
  const { data } = await api.get(`/v1/klasses/${object.klass}/${object.id}`);
  await removeRecord(object.klass, object.id);
  const key = newId();
  const run = () => void makeAgain(object, data, key);
  const action = { label: words.undo, run, isUndo: true };
  showToast(words.removed(fullNameOf(object)), klass.isCreatable && isSeenWhole(data) ? { action } : {});
}

/** What the agent may not read would not come back. */
function isSeenWhole({ attributes: { custom } }: Resource): boolean {
  return !isJson(custom) || !Object.values(custom).some(isMasked);
}

async function makeAgain(object: KObject, { attributes, relationships = {} }: Resource, key: string) {
  const body = {
    ...Object.fromEntries(SAID.map((name) => [name, attributes[name]])),
    customer: relationships.customer?.data?.id ?? null,
    company: relationships.company?.data?.id ?? null,
  };
  try {
    const answer = await api.post(`/v1/klasses/${object.klass}`, body, {
      headers: { "Idempotency-Key": key },
    });
    const conversation = relationships.conversation?.data?.id;
    if (conversation !== undefined) await linkTo(answer.data.id, conversation);
  } catch (error) {
    showToast(words.notBack(wordsFor(error)), { tone: "problem" });
  }
}
