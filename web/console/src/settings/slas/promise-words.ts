import { exactWords, SECOND } from "../../app/lengths.ts";
import type { Named } from "../../desk/types.ts";
import { METRICS, type Metric } from "../../sla/sla.ts";
import { needsValue, type Query } from "../../views/criteria.ts";
import { words as viewWords } from "../../views/en.ts";
import { type Field, kindIn, saidNameOf } from "../../views/fields.ts";
import { gathered } from "../../views/gathering.ts";
import { dayInWords } from "../../views/zones.ts";
import { words } from "./en.ts";
import type { Promised } from "./slas.ts";
import { type Metrics, PRIORITIES } from "./targets.ts";

/** Whom it is for: "Channel is one of Chat and Customer · Tag is one of VIP". */
export function whomInWords(query: Query | null, fields: readonly Field[]): string {
  if (query === null) return words.described;
  const kindOf = kindIn(fields);
  const said = gathered(query, kindOf).map(({ field: name, operator, values, isOfSeveral }) => {
    const field = fields.find((one) => one.field === name);
    const kind = kindOf(name);
    const ages = new Map<string, string>(viewWords.ages);
    const valueName = (value: string) => {
      if (kind === "age") return ages.get(value) ?? dayInWords(value, field, query.timeZone);
      if (kind === "yesno") return value === "true" ? viewWords.yesno.true : viewWords.yesno.false;
      return field?.choices.find(({ id }) => id === value)?.name ?? value;
    };
    const ofSeveral = isOfSeveral ? viewWords.operatorsOfSeveral[operator] : undefined;
    const how = ofSeveral ?? viewWords.operators[kind][operator] ?? operator;
    const what = `${field === undefined ? name : saidNameOf(field)} ${how}`;
    return needsValue(operator) ? `${what} ${values.map(valueName).join(", ")}` : what;
  });
  return said.length === 0 ? words.everybody : said.join(words.that[query.match]);
}

/** What is promised, a line for each metric: "First answer within 1 h, 5 min at priority 5". */
export function promisesInWords(metrics: Metrics): string[] {
  return METRICS.flatMap((metric) => {
    const said = promiseInWords(metrics, metric);
    return said === null ? [] : [said];
  });
}

function promiseInWords(metrics: Metrics, metric: Metric): string | null {
  const target = metrics[metric];
  if (target === undefined) return null;
  const ofPriorities = PRIORITIES.flatMap((priority) => {
    const seconds = target.byPriority[priority];
    return seconds === undefined ? [] : [words.promiseOf(priority, exactWords(seconds * SECOND))];
  });
  const times = [...(target.seconds === null ? [] : [exactWords(target.seconds * SECOND)]), ...ofPriorities];
  return times.length === 0 ? null : words.promises[metric](times.join(", "));
}

/** The same, each whole: "First answer within 1 h, 5 min at priority 5, of the hours of Office; paused while snoozed". */
export function wholePromises(promised: Promised, schedules: readonly Named[]): string[] {
  const { schedule, pauseOnSnooze } = promised;
  const name = schedules.find(({ id }) => id === schedule)?.name ?? words.goneSchedule;
  const hours = schedule === null ? words.countedAlways : words.countedIn(name);
  return promisesInWords(promised.metrics).map((promise) =>
    words.whole(promise, hours, pauseOnSnooze ? words.pausedSnoozed : words.runsSnoozed),
  );
}

/** Whether, and when, somebody is warned. */
export function warningInWords({ warnBefore }: Pick<Promised, "warnBefore">): string {
  return warnBefore === null ? words.warnedNever : words.warnedOf(exactWords(warnBefore * SECOND));
}

/** The first that is for every conversation, and so leaves nothing to those after it; -1 where none is. */
export function lastAsked(
  slas: readonly { readonly isEnabled: boolean; readonly criteria: object }[],
): number {
  return slas.findIndex(({ isEnabled, criteria }) => isEnabled && Object.keys(criteria).length === 0);
}

/** Whose time counts. */
export function hoursInWords(schedule: string | null, schedules: readonly Named[]): string {
  if (schedule === null) return words.inAllHours;
  return words.inHours(schedules.find(({ id }) => id === schedule)?.name ?? words.goneSchedule);
}

/** What else there is to a version. */
export function restInWords({ schedule, warnBefore }: Promised, schedules: readonly Named[]): string {
  const warning = warnBefore === null ? words.notWarned : words.warned(exactWords(warnBefore * SECOND));
  return `${hoursInWords(schedule, schedules)} · ${warning}`;
}

/** All of it in one line, as a list has room for. */
export function promiseInShort({ metrics }: Pick<Promised, "metrics">): string {
  const said = promisesInWords(metrics);
  return said.length === 0 ? words.nothingPromised : said.join(" · ");
}
