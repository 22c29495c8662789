import { exactWords, SECOND } from "../../app/lengths.ts";
import { isJson, list, numberOrNull, text, textOrNull } from "../../desk/reading.ts";
import { words as all } from "./en.ts";
import { groupsOf, isCalled, type Json, leftOut, presenceOf, rulesOf, type Scenario } from "./scenario.ts";
import type { Today } from "./today.ts";

const words = all.said;

/** What is otherwise in a scenario, a sentence each, with the names that things have today. */
export function scenarioInWords(scenario: Scenario, today: Today): readonly string[] {
  const { queues, teams, skills, roster, load, rules, acceptSeconds, ...others } = scenario;
  const accepts = numberOrNull(acceptSeconds);
  return [
    ...groupsOf(scenario).flatMap((group) => groupInWords(group, today)),
    ...removedInWords(leftOut(scenario), today),
    ...(accepts === null ? [] : [words.accept(exactWords(accepts * SECOND))]),
    ...partsOf(teams).map(([id, change]) => teamInWords(id, change, today)),
    ...partsOf(queues).map(([called, change]) => queueInWords(called, change, today)),
    ...partsOf(skills).map(([id, levels]) => skillsInWords(id, levels, today)),
    ...rulesInWords(rulesOf(scenario), today),
    ...(isJson(load) ? loadInWords(load) : []),
    ...Object.keys(others).map(words.other),
  ];
}

function partsOf(value: unknown): readonly (readonly [string, Json])[] {
  if (!isJson(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, Json] => isJson(entry[1]));
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function nameOf(those: readonly Named[], id: unknown): string {
  return those.find((one) => one.id === id)?.name ?? words.gone;
}

function queueNameOf({ queues }: Today, called: unknown): string {
  return queues.find((queue) => isCalled(queue, called))?.name ?? words.gone;
}

function groupInWords(group: Json, today: Today): string[] {
  const count = numberOrNull(group.count) ?? 1;
  if (count === 0) return [];
  const [kind, id] = presenceOf(group).split(":", 2);
  return [
    [
      words.more(count, textOrNull(group.team) === null ? null : nameOf(today.teams, group.team)),
      ...(kind === "schedule" ? [words.inHours(nameOf(today.schedules, id))] : []),
      ...(kind === "like" ? [words.like(nameOf(today.agents, id))] : []),
      ...(isJson(group.skills) && Object.keys(group.skills).length > 0
        ? [words.can(levelsInWords(group.skills, today))]
        : []),
    ].join(", "),
  ];
}

function removedInWords(removed: readonly string[], { agents }: Today): string[] {
  return removed.length === 0 ? [] : [words.without(removed.map((id) => nameOf(agents, id)).join(", "))];
}

function teamInWords(id: string, change: Json, today: Today): string {
  const { capacityPerAgent, ...others } = change;
  const known = id === "" ? today : today.teams.find((team) => team.id === id);
  const capacity = numberOrNull(capacityPerAgent);
  return words.ofOne(id === "" ? all.everybody : words.team(nameOf(today.teams, id)), [
    ...(capacity === null ? [] : [words.becomes(words.capacity, capacity, known?.capacity)]),
    ...settingsInWords(others),
  ]);
}

function queueInWords(called: string, change: Json, today: Today): string {
  const { priority, weight, overflow, ...others } = change;
  const known = today.queues.find((queue) => isCalled(queue, called));
  const [first, much] = [numberOrNull(priority), numberOrNull(weight)];
  return words.ofOne(words.queue(queueNameOf(today, called)), [
    ...(first === null ? [] : [words.becomes(words.priority, first, known?.priority)]),
    ...(much === null ? [] : [words.becomes(words.weight, much, known?.weight)]),
    ...(overflow === null ? [words.noOverflow] : isJson(overflow) ? [overflowInWords(overflow, today)] : []),
    ...settingsInWords(others),
  ]);
}

function overflowInWords({ toQueue, afterSeconds, overWaiting }: Json, today: Today): string {
  const [after, over] = [numberOrNull(afterSeconds), numberOrNull(overWaiting)];
  const when = [
    ...(after === null ? [] : [words.after(exactWords(after * SECOND))]),
    ...(over === null ? [] : [words.over(over)]),
  ];
  return words.overflows(queueNameOf(today, toQueue), when.join(words.or));
}

/** What no form of the page has, as the API calls it. */
function settingsInWords(others: Json): string[] {
  return Object.entries(others).map(([name, value]) => words.setting(name, JSON.stringify(value)));
}

function skillsInWords(id: string, levels: Json, today: Today): string {
  const said = levelsInWords(levels, today);
  return words.ofOne(nameOf(today.agents, id), [said === "" ? words.noSkills : words.can(said)]);
}

function levelsInWords(levels: Json, { skills }: Today): string {
  return Object.entries(levels)
    .map(([key, level]) => words.skill(skills.find((one) => one.key === key)?.name ?? key, Number(level)))
    .join(", ");
}

function rulesInWords(rules: readonly Json[] | null, today: Today): string[] {
  if (rules === null) return [];
  if (rules.length === 0) return [all.noRules];
  return [
    words.rules(
      rules.map((rule) => words.rule(text(rule.name) || all.unnamedRule, queueNameOf(today, rule.queue))),
    ),
  ];
}

function loadInWords({ factor, perHour, handleSeconds }: Json): string[] {
  const [times, handled] = [numberOrNull(factor), numberOrNull(handleSeconds)];
  const hours = list(perHour).map((count) => numberOrNull(count) ?? 0);
  const day = Math.round(hours.reduce((sum, count) => sum + count, 0));
  return [
    ...(hours.length > 0
      ? [words.perDay(day)]
      : times === null
        ? []
        : [words.factor(Math.round(times * 100))]),
    ...(handled === null ? [] : [words.handle(exactWords(handled * SECOND))]),
  ];
}
