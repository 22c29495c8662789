import { useEffect, useMemo, useState } from "react";

import { api } from "../api/api.ts";
import { useDirectory } from "../desk/directory.ts";
import { text } from "../desk/reading.ts";
import { useDesk } from "../desk/store.ts";
import type { Named } from "../desk/types.ts";
import { loadAttributes } from "../settings/attributes/api.ts";
import type { Attribute } from "../settings/attributes/attribute.ts";
import { type FieldKind, ME } from "./criteria.ts";
import { words } from "./en.ts";

/** Something a view can ask for, and what it can be. */
export interface Field {
  readonly field: string;
  readonly name: string;
  readonly group: string;
  readonly kind: FieldKind;
  /** What there is to choose from. */
  readonly choices: readonly Named[];
}

const KINDS: Readonly<Record<Attribute["kind"], FieldKind>> = {
  text: "text",
  long: "text",
  choice: "choice",
  levels: "text",
  number: "number",
  moment: "age",
  yesno: "yesno",
  link: "text",
  reference: "text",
};

/** Everything that a view can ask for, here and now. */
export function useFields(context: "conversation" | "customer"): readonly Field[] {
  const { queues, teams, tags } = useDirectory();
  const agents = useDesk((desk) => desk.agents);
  const declared = useDeclared();
  const slas = useSlas(context === "conversation");
  return useMemo(() => {
    const people = [...agents.values()].map(({ id, displayName }) => ({ id, name: displayName }));
    const customers = declared.customer.map((one) => customField("customer", one));
    if (context === "customer") return [...customerFields(tags), ...customers];
    return [
      ...conversationFields(people, queues, teams, tags, slas),
      ...customers,
      ...declared.conversation.map((one) => customField("conversation", one)),
    ];
  }, [context, agents, queues, teams, tags, slas, declared]);
}

function conversationFields(
  people: readonly Named[],
  queues: readonly Named[],
  teams: readonly Named[],
  tags: readonly Named[],
  slas: readonly Named[],
): Field[] {
  const choice = (field: string, name: string, choices: readonly Named[]): Field => ({
    field: `conversation_${field}`,
    name,
    group: words.groups.conversation,
    kind: "choice",
    choices,
  });
  const named = (choices: Readonly<Record<string, string>>) =>
    Object.entries(choices).map(([id, name]) => ({ id, name }));
  return [
    choice("status", words.fields.status, named(words.statuses)),
    choice("assigned_users", words.fields.assignee, [{ id: ME, name: words.me }, ...people]),
    choice("assigned_teams", words.fields.team, teams),
    choice("queue", words.fields.queue, queues),
    choice("tags", words.fields.tag, tags),
    choice("channels", words.fields.channel, named(words.channels)),
    {
      field: "conversation_last_message_unresponded_to_sent_at",
      name: words.fields.waiting,
      group: words.groups.conversation,
      kind: "age",
      choices: [],
    },
    choice("sla_id", words.fields.sla, slas),
    {
      field: "conversation_sla_due_at",
      name: words.fields.slaDue,
      group: words.groups.conversation,
      kind: "soon",
      choices: [],
    },
    {
      field: "conversation_sla_breached",
      name: words.fields.slaBroken,
      group: words.groups.conversation,
      kind: "yesno",
      choices: [],
    },
    {
      field: "conversation_created_at",
      name: words.fields.created,
      group: words.groups.conversation,
      kind: "age",
      choices: [],
    },
    {
      field: "any_text",
      name: words.fields.words,
      group: words.groups.conversation,
      kind: "text",
      choices: [],
    },
  ];
}

function customerFields(tags: readonly Named[]): Field[] {
  const field = (
    name: keyof typeof words.customerFields,
    kind: FieldKind,
    choices: readonly Named[] = [],
  ) => ({
    field: name === "any_text" ? name : `customer_${name}`,
    name: words.customerFields[name],
    group: words.groups.record,
    kind,
    choices,
  });
  return [
    field("name", "text"),
    field("email", "text"),
    field("phone", "text"),
    field("tags", "choice", tags),
    field("identified", "yesno"),
    field("conversations_count", "number"),
    field("created_at", "age"),
    field("last_seen_at", "age"),
    field("last_message_at", "age"),
    field("any_text", "text"),
  ];
}

export function customField(owner: "customer" | "conversation", attribute: Attribute): Field {
  return {
    field: `${owner}_custom_${attribute.name}`,
    name: attribute.displayName,
    group: owner === "customer" ? words.groups.customer : words.groups.custom,
    kind: KINDS[attribute.kind],
    choices: attribute.choices.map((name) => ({ id: name, name })),
  };
}

interface Declared {
  readonly customer: readonly Attribute[];
  readonly conversation: readonly Attribute[];
}

const NOTHING: Declared = { customer: [], conversation: [] };

/** Without them a view can still ask for everything else. */
export function useDeclared(): Declared {
  const [declared, setDeclared] = useState(NOTHING);
  useEffect(() => {
    Promise.all([loadAttributes("customer"), loadAttributes("conversation")]).then(
      ([customer, conversation]) => setDeclared({ customer, conversation }),
      () => undefined,
    );
  }, []);
  return declared;
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
