import { onForget } from "../../session/session.ts";
import type { Klass } from "./klass.ts";

/** What was being defined when somebody went elsewhere, each with what it was made from. */
const drafts = new Map<string, Draft>();

interface Draft {
  readonly klass: Klass;
  /** Of a record that somebody has saved since, a draft is no longer what it was. */
  readonly rev: number;
}

onForget(() => drafts.clear());

export function draftOf(klass: Klass): Klass | null {
  const draft = drafts.get(klass.name);
  return draft !== undefined && draft.rev === klass.rev ? draft.klass : null;
}

export function keepDraft(of: Klass, draft: Klass | null): void {
  if (draft === null) drafts.delete(of.name);
  else drafts.set(of.name, { klass: draft, rev: of.rev });
}
