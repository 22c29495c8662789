import { useEffect } from "react";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { nameOf } from "../desk/directory.ts";
import { text } from "../desk/reading.ts";
import type { Conversation, Named } from "../desk/types.ts";
import { onForget } from "../session/session.ts";

/* What agents wish of who serves a conversation: somebody who goes first, and skills that they must have. */

/** The skills there are, by their keys, which is what conversations carry. Read when somebody looks. */
export const useSkills = create<{ readonly skills: readonly Named[] }>(() => ({ skills: [] }));

export async function loadSkills(): Promise<void> {
  const { data } = await api.all("/v1/routing/skills");
  const skills = data.map(({ attributes }) => ({ id: text(attributes.key), name: text(attributes.name) }));
  useSkills.setState({ skills });
}

/** Their names by their keys; without a name a skill is called by its key. */
export function useSkillNames(keys: readonly string[]): (key: string) => string {
  const known = useSkills(({ skills }) => skills);
  const isUnknown = keys.some((key) => nameOf(known, key) === null);
  useEffect(() => {
    if (isUnknown) loadSkills().catch(() => undefined);
  }, [isUnknown]);
  return (key) => nameOf(known, key) ?? key;
}

export function hasWishes({ preferredUser, skills }: Conversation): boolean {
  return preferredUser !== null || skills.length > 0;
}

onForget(() => useSkills.setState({ skills: [] }));
