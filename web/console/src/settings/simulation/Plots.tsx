import { exactTime } from "@kithdesk/ui";
import { useId } from "react";

import { words } from "./en.ts";
import { Plot } from "./Plot.tsx";
import type { Plotted, World } from "./simulations.ts";

interface PlotsProps {
  before: World;
  after: World | null;
  from: number;
}

const PLOTTED: readonly (readonly [Plotted, string, number])[] = [
  ["waiting", words.plotWaiting, 1],
  ["wait", words.plotWait, 1_000],
  ["load", words.plotLoad, 1],
  ["available", words.plotAvailable, 1],
];

/** How it went over time, in both worlds, each with its numbers in a table. */
export function Plots({ before, after, from }: PlotsProps) {
  return (
    <div className="plots">
      {PLOTTED.map(([name, label, divisor]) => {
        const values = (world: World) =>
          world.whole.series[name].map((value) => (value === null ? null : value / divisor));
        return (
          <Figure
            key={name}
            label={label}
            times={before.whole.series[name].map((_, index) => from + index * before.bucketMs)}
            before={values(before)}
            after={after === null ? null : values(after)}
          />
        );
      })}
    </div>
  );
}

export interface FigureProps {
  label: string;
  times: readonly number[];
  before: readonly (number | null)[];
  after: readonly (number | null)[] | null;
}

export function Figure({ label, times, before, after }: FigureProps) {
  const id = useId();
  return (
    <figure className="plots__figure" aria-labelledby={id}>
      <figcaption className="plots__label" id={id}>
        {label}
      </figcaption>
      <Plot times={times} before={before} after={after} />
      <details className="scenario__fold">
        <summary>{words.numbers(label)}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too */}
        <div className="scenario__scrolls plots__table" tabIndex={0}>
          <table className="numbers" aria-label={words.numbers(label)}>
            <thead>
              <tr>
                <th scope="col">{words.at}</th>
                <th scope="col">{words.before}</th>
                {after !== null && <th scope="col">{words.after}</th>}
              </tr>
            </thead>
            <tbody>
              {times.map((at, index) => (
                <tr key={at}>
                  <th scope="row">{exactTime(at)}</th>
                  <td>{shown(before[index])}</td>
                  {after !== null && <td>{shown(after[index])}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function shown(value: number | null | undefined): string {
  return value === null || value === undefined ? words.none : String(Math.round(value * 100) / 100);
}
