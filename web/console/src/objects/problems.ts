import { Refused } from "@kithdesk/api-client";

import { problemOf, wordsFor } from "../api/errors.ts";
import type { Declared } from "../attributes/declared.ts";
import { TITLE } from "./draft.ts";
import { words } from "./en.ts";

/** What the server found wrong: beside its field where it has one on the form, else at the foot. */
export interface Problems {
  readonly byName: Readonly<Record<string, string>>;
  readonly problem: string | null;
}

export const NO_PROBLEMS: Problems = { byName: {}, problem: null };

export function problemsFrom(error: unknown, attributes: readonly Declared[]): Problems {
  const parameter = error instanceof Refused ? error.parameter : undefined;
  const name = parameter === "title" ? TITLE : parameter?.replace(/^custom\./u, "");
  const isShown = name === TITLE || attributes.some((attribute) => attribute.name === name);
  if (name === undefined || !isShown) return { byName: {}, problem: words.notSaved(wordsFor(error)) };
  // Beside the field one need not be told which.
  const what = problemOf(error).replace(`${name}: `, "");
  return { byName: { [name]: what.charAt(0).toUpperCase() + what.slice(1) }, problem: null };
}
