import { NothingYet, Part } from "../Page.tsx";
import { AgentPlot } from "./AgentPlot.tsx";
import { type Cell, differenceOf, durationWords, keptOf, MEASURES, percentWords } from "./comparing.ts";
import { words } from "./en.ts";
import { Plots } from "./Plots.tsx";
import type { AgentMeasured, Measured, Outcome } from "./simulations.ts";
import { summaryOf } from "./summary.ts";

interface ComparisonProps {
  outcome: Outcome;
  from: number;
}

/** Before and after: in words first, then in numbers, and then in pictures of the same. */
export function Comparison({ outcome, from }: ComparisonProps) {
  const { before } = outcome;
  const after = outcome.after ?? before;
  if (isEmpty(before.whole) && isEmpty(after.whole)) {
    return <NothingYet title={words.emptyTitle} text={words.emptyText} />;
  }
  return (
    <>
      <InWords outcome={outcome} />
      <Part title={words.result} text={words.resultText}>
        <Whole before={before.whole} after={after.whole} />
      </Part>
      <Part title={words.plots}>
        <Plots before={before} after={outcome.after} from={from} />
      </Part>
      <Part title={words.perQueue} text={words.perQueueText}>
        <Queues before={before.queues} after={after.queues} />
      </Part>
      <Part title={words.perAgent}>
        <Agents before={before.agents} after={after.agents} />
        <AgentPlot before={before} after={outcome.after} from={from} />
      </Part>
    </>
  );
}

function isEmpty({ arrivals, served, stillWaiting }: Measured): boolean {
  return arrivals + served + stillWaiting === 0;
}

function InWords({ outcome: { agreement, before, after, refused, troubles } }: { outcome: Outcome }) {
  const { same, conversations } = agreement;
  return (
    <Part title={words.inWords}>
      <ul className="simulation-summary">
        {(after === null ? [words.asThen] : summaryOf(before, after)).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="settings-part__text">
        {conversations === 0 ? words.agreementNone : words.agreement(same, conversations)}
      </p>
      {refused > 0 && <p className="field__hint">{words.refused(refused)}</p>}
      {troubles > 0 && <p className="field__problem">{words.troubles(troubles)}</p>}
    </Part>
  );
}

function Whole({ before, after }: { before: Measured; after: Measured }) {
  return (
    <table className="numbers" aria-label={words.all}>
      <thead>
        <tr>
          <th scope="col">{words.measure}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
          <th scope="col">{words.difference}</th>
        </tr>
      </thead>
      <tbody>
        {MEASURES.map((measure) => {
          const difference = differenceOf(measure, before, after);
          return (
            <tr key={measure.label}>
              <th scope="row">{measure.label}</th>
              <td>{measure.shown(measure.of(before))}</td>
              <td>{measure.shown(measure.of(after))}</td>
              <td
                className={
                  difference.isBetter === null ? "" : `numbers--${difference.isBetter ? "better" : "worse"}`
                }
              >
                {difference.text}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface SidesProps<Of> {
  before: readonly Of[];
  after: readonly Of[];
}

const QUEUE_COLUMNS: readonly (readonly [string, (one: Measured) => string])[] = [
  [words.arrivals, ({ arrivals }) => String(arrivals)],
  [words.served, ({ served }) => String(served)],
  [words.still, ({ stillWaiting }) => String(stillWaiting)],
  [words.p50, ({ wait }) => durationWords(wait.p50)],
  [words.p90, ({ wait }) => durationWords(wait.p90)],
  [words.kept, (one) => percentWords(keptOf(one))],
];

function Queues({ before, after }: SidesProps<Measured>) {
  const then = new Map(after.map((one) => [one.id, one]));
  const rows = before.map((one) => ({ id: one.id, name: one.name, sides: [one, then.get(one.id)] as const }));
  return <SideBySide label={words.perQueue} first={words.queue} columns={QUEUE_COLUMNS} rows={rows} />;
}

const AGENT_COLUMNS: readonly (readonly [string, (one: AgentMeasured) => string])[] = [
  [words.served, ({ served }) => String(served)],
  [words.occupancy, ({ occupancy }) => percentWords(occupancy)],
];

function Agents({ before, after }: SidesProps<AgentMeasured>) {
  const was = new Map(before.map((one) => [one.id, one]));
  const would = new Map(after.map((one) => [one.id, one]));
  const everybody = new Map([...before, ...after].map((one) => [one.id, one.name]));
  const rows = [...everybody].map(([id, name]) => ({
    id,
    name: was.has(id) ? name : `${name} (${words.isNew})`,
    sides: [was.get(id), would.get(id)] as const,
  }));
  return <SideBySide label={words.perAgent} first={words.agent} columns={AGENT_COLUMNS} rows={rows} />;
}

interface SideBySideProps<Of> {
  label: string;
  first: string;
  columns: readonly (readonly [string, (one: Of) => string])[];
  rows: readonly { id: string; name: string; sides: readonly [Of | undefined, Of | undefined] }[];
}

function SideBySide<Of>({ label, first, columns, rows }: SideBySideProps<Of>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too
    <div className="scenario__scrolls" tabIndex={0}>
      <table className="numbers numbers--sides" aria-label={label}>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {first}
            </th>
            {columns.map(([name]) => (
              <th key={name} scope="colgroup" colSpan={2}>
                {name}
              </th>
            ))}
          </tr>
          <tr>
            {columns.flatMap(([name]) =>
              [words.before, words.after].map((side) => (
                <th key={name + side} scope="col">
                  {side}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, sides }) => (
            <tr key={id} data-before={words.before} data-after={words.after}>
              <th scope="row" dir="auto">
                {name}
              </th>
              {columns.flatMap(([column, shown]) =>
                sides.map((one, side) => (
                  <SideCell
                    key={`${column}${["b", "a"][side]}`}
                    label={side === 0 ? column : undefined}
                    cell={one && shown(one)}
                  />
                )),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `label`: what the first of two is called, where the head of the table has no room. */
function SideCell({ label, cell }: { label: string | undefined; cell: Cell }) {
  return <td data-label={label}>{cell ?? words.none}</td>;
}
