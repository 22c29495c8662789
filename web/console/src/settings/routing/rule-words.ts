import { isFinished } from "../../views/criteria.ts";
import type { Field } from "../../views/fields.ts";
import { whomInWords } from "../slas/promise-words.ts";
import type { Rule, Rules } from "./rules.ts";
import { words } from "./rules-en.ts";

type Known = Pick<Rules, "queues" | "skills" | "agents">;

/** What a rule does, in a sentence. */
export function ruleInWords(rule: Rule, known: Known, fields: readonly Field[]): string {
  const then = thenInWords(rule, known);
  if (isForAll(rule)) return words.saysOfAll(then);
  return rule.query === null ? words.saysByProgram(then) : words.says(whomInWords(rule.query, fields), then);
}

/** A rule that matches whatever comes hides those below it. */
export function hidesOthers(rules: readonly Rule[]): Rule | null {
  const place = rules.findIndex((rule) => rule.isEnabled && isForAll(rule));
  const below = rules.slice(place + 1).some(({ isEnabled }) => isEnabled);
  return place >= 0 && below ? (rules[place] ?? null) : null;
}

function isForAll({ query }: Rule): boolean {
  return query !== null && !query.criteria.some(isFinished);
}

function thenInWords({ queue, priority, skills, preferred }: Rule, known: Known): string {
  const asked = Object.entries(skills).map(([key, level]) =>
    words.skill(known.skills.find((skill) => skill.key === key)?.name ?? key, level),
  );
  const name = known.queues.find(({ id }) => id === queue)?.name;
  const agent = known.agents.find(({ id }) => id === preferred)?.name;
  return [
    name === undefined ? words.gone : words.into(name),
    ...(priority === null ? [] : [words.atPriority(priority)]),
    ...(asked.length === 0 ? [] : [words.forSkilled(asked.join(words.and))]),
    ...(agent === undefined ? [] : [words.first(agent)]),
  ].join(", ");
}
