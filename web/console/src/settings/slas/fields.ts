import { useMemo } from "react";

import { useDirectory } from "../../desk/directory.ts";
import { useDesk } from "../../desk/store.ts";
import type { Named } from "../../desk/types.ts";
import type { FieldKind } from "../../views/criteria.ts";
import { words as viewWords } from "../../views/en.ts";
import { customField, type Field, useDeclared } from "../../views/fields.ts";
import { words } from "./en.ts";

const NONE: readonly Named[] = [];

/** Everything that criteria of a conversation can ask for here. */
export function useCriteriaFields(): readonly Field[] {
  const { queues, teams, tags } = useDirectory();
  const agents = useDesk((desk) => desk.agents);
  const declared = useDeclared();
  return useMemo(() => {
    const people = [...agents.values()].map(({ id, displayName }) => ({ id, name: displayName }));
    const channels = Object.entries(viewWords.channels).map(([id, name]) => ({ id, name }));
    return [
      ofConversation("channels", "choice", channels),
      ofConversation("queue", "choice", queues),
      ofConversation("tags", "choice", tags),
      ofConversation("priority", "number"),
      ofConversation("assigned_teams", "choice", teams),
      ofConversation("assigned_users", "choice", people),
      ofConversation("default_lang", "text"),
      ofConversation("created_at", "age"),
      ...declared.conversation.map((one) => customField("conversation", one)),
      named("message_body", words.messageBody, words.groups.message, "text"),
      ofCustomer("tags", "choice", tags),
      ofCustomer("name", "text"),
      ofCustomer("email", "text"),
      ofCustomer("phone", "text"),
      ofCustomer("identified", "yesno"),
      ofCustomer("conversations_count", "number"),
      ofCustomer("signed_up_at", "age"),
      ...declared.customer.map((one) => customField("customer", one)),
      ofCompany("name", "text"),
      ofCompany("domains", "text"),
      ofCompany("tags", "choice", tags),
    ];
  }, [agents, queues, teams, tags, declared]);
}

function ofConversation(name: keyof typeof words.fields, kind: FieldKind, choices = NONE): Field {
  return named(`conversation_${name}`, words.fields[name], words.groups.conversation, kind, choices);
}

function ofCustomer(name: keyof typeof words.customerFields, kind: FieldKind, choices = NONE): Field {
  return named(`customer_${name}`, words.customerFields[name], words.groups.customer, kind, choices);
}

function ofCompany(name: keyof typeof words.companyFields, kind: FieldKind, choices = NONE): Field {
  return named(`company_${name}`, words.companyFields[name], words.groups.company, kind, choices);
}

function named(field: string, name: string, group: string, kind: FieldKind, choices = NONE): Field {
  return { field, name, group, kind, choices };
}
