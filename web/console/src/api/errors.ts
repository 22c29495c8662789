import { Disconnected, Refused } from "@kithdesk/api-client";

const NO_ANSWER = "The server did not answer. Check your connection and try again.";

/** An error in a person's words: what the server said, or that it said nothing. */
export function wordsFor(error: unknown): string {
  if (error instanceof Refused)
    return error.detail === undefined ? error.title : `${error.title}: ${error.detail}`;
  if (error instanceof Disconnected) return NO_ANSWER;
  return error instanceof Error ? error.message : NO_ANSWER;
}

/** The same beside the field that it is about, where one need not be told which. */
export function problemOf(error: unknown): string {
  return (error instanceof Refused && error.detail) || wordsFor(error);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Refused && error.status === 404;
}

export function isUnauthorized(error: unknown): boolean {
  return error instanceof Refused && error.status === 401;
}

/** Somebody else has changed it since it was read. */
export function hasMovedOn(error: unknown): boolean {
  return error instanceof Refused && error.status === 409 && error.code === "conflict";
}

export function isConflict(error: unknown): boolean {
  return error instanceof Refused && error.status === 409;
}
