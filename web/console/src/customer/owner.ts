import { Refused } from "@kithdesk/api-client";

import { isJson, text } from "../desk/reading.ts";

/** Another customer who has an address already. */
export interface Owner {
  readonly id: string;
  readonly name: string;
}

/** Whose it is, where the server refused an address for that. */
export function ownerOf(error: unknown): Owner | null {
  const owner = error instanceof Refused ? error.meta.customer : null;
  return isJson(owner) ? { id: text(owner.id), name: text(owner.displayName) } : null;
}
