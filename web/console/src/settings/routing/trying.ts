import { api } from "../../api/api.ts";
import { isJson, list, type Resource, text } from "../../desk/reading.ts";
import type { Named } from "../../desk/types.ts";
import { parseRoute } from "../../navigation/route.ts";
import { words } from "./rules-en.ts";

const VERDICTS = ["decides", "matches_too", "does_not_match", "off", "not_judged"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What would have to be otherwise. */
export interface Failed {
  readonly attribute: string;
  readonly operator: string;
  readonly value: unknown;
  /** It does hold, and the rule asks that it does not. */
  readonly holds: boolean;
}

/** What a rule says of a conversation as it is now. */
export interface Tried {
  readonly id: string;
  readonly name: string;
  readonly queue: string;
  readonly verdict: Verdict;
  readonly failed: readonly Failed[];
}

const MOST_RECENT = 20;
const ID = /\b[0-9a-f]{24}\b/u;

/** All rules, in the order in which they are asked. */
export async function tryRules(conversation: string): Promise<readonly Tried[]> {
  return (await api.all(`/v1/routing/conversations/${conversation}/queue-rules`)).data.map(triedFrom);
}

/** Those to which something happened last. */
export async function loadRecent(): Promise<readonly Named[]> {
  const { data } = await api.list(`/v1/conversations?sort=-lastActivityAt&page=1&pageSize=${MOST_RECENT}`);
  return data.map(({ id, attributes }) => ({ id, name: nameOf(attributes) }));
}

/** The conversation that is meant: by its id, or by the address of a page that shows it. */
export function idIn(pasted: string): string | null {
  const hash = pasted.indexOf("#");
  if (hash >= 0) {
    const route = parseRoute(pasted.slice(hash).trim());
    if (route.screen === "inbox" && route.conversation !== null) return route.conversation;
  }
  return ID.exec(pasted.toLowerCase())?.[0] ?? null;
}

function nameOf({ customerName, name, preview }: Resource["attributes"]): string {
  const about = text(name) || text(preview);
  return [text(customerName) || words.somebody, about].filter((part) => part !== "").join(" · ");
}

function triedFrom({ id, attributes: json, relationships }: Resource): Tried {
  return {
    id,
    name: text(json.name),
    queue: relationships?.queue?.data?.id ?? "",
    verdict: VERDICTS.find((one) => one === json.verdict) ?? "not_judged",
    failed: list(json.failed)
      .filter(isJson)
      .map(({ attribute, operator, value, holds }) => ({
        attribute: text(attribute),
        operator: text(operator),
        value,
        holds: holds === true,
      })),
  };
}
