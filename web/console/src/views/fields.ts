import { useEffect, useMemo, useState } from "react";

import { api } from "../api/api.ts";
import { useDirectory } from "../desk/directory.ts";
import { text } from "../desk/reading.ts";
import { useDesk } from "../desk/store.ts";
import type { Named } from "../desk/types.ts";
import { useSession } from "../session/session.ts";
import { loadAskable, useAskable } from "./askable.ts";
import { catalogue, type Field, type Purpose } from "./catalogue.ts";
import type { FieldKind } from "./criteria.ts";
import { words } from "./en.ts";

export type { Field };

/** Everything that can be asked for, here and now. */
export function useFields(purpose: Purpose): readonly Field[] {
  const { queues, teams, tags } = useDirectory();
  const agents = useDesk((desk) => desk.agents);
  const isAdmin = useSession(({ me }) => me?.isAdmin === true);
  const declared = useAskable();
  const slas = useSlas(purpose === "conversation");
  useEffect(() => void loadAskable(), []);
  return useMemo(() => {
    const people = [...agents.values()].map(({ id, displayName }) => ({ id, name: displayName }));
    const fields = catalogue(purpose, { agents: people, queues, teams, tags, slas }, declared);
    return isAdmin ? fields : fields.map(hiddenIfSensitive);
  }, [purpose, agents, queues, teams, tags, slas, declared, isAdmin]);
}

function hiddenIfSensitive(field: Field): Field {
  return field.isSensitive === true ? { ...field, isHidden: true } : field;
}

function useSlas(isWanted: boolean): readonly Named[] {
  const [slas, setSlas] = useState<readonly Named[]>([]);
  useEffect(() => {
    if (!isWanted) return;
    api.all("/v1/slas").then(
      ({ data }) => setSlas(data.map(({ id, attributes }) => ({ id, name: text(attributes.name) }))),
      () => undefined,
    );
  }, [isWanted]);
  return slas;
}

/** How what is asked for is compared; what is not known here is text. */
export function kindIn(fields: readonly Field[]): (field: string) => FieldKind {
  return (field) => fields.find((one) => one.field === field)?.kind ?? "text";
}

const MESSAGE_WORDS = "message_body";

/** "Order · Payment status": whose it is, and what. */
export function fullNameOf({ group, name }: Field): string {
  return `${group} · ${name}`;
}

/** As a sentence about a conversation says it: what is its own needs no owner, and a message contains its words. */
export function saidNameOf(field: Field): string {
  if (field.field === MESSAGE_WORDS) return field.group;
  return field.group === words.groups.conversation ? field.name : fullNameOf(field);
}
