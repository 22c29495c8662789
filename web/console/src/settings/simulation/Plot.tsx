import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

import { words } from "./en.ts";

interface PlotProps {
  /** Milliseconds since 1970, when each bucket begins. */
  times: readonly number[];
  before: readonly (number | null)[];
  after: readonly (number | null)[] | null;
}

const HEIGHT = 180;

/** Two lines over time. A picture for eyes only: the table beside it says the same. */
export function Plot({ times, before, after }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    // Where there is no canvas there is the table.
    if (element === null || document.createElement("canvas").getContext("2d") === null) return;
    let plot = draw(element, times, before, after);
    const redraw = () => {
      plot.destroy();
      plot = draw(element, times, before, after);
    };
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    // Colours are read once for a canvas, so another theme is another picture.
    const themed = new MutationObserver(redraw);
    themed.observe(document.documentElement, { attributes: true });
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", redraw);
    return () => {
      scheme.removeEventListener("change", redraw);
      themed.disconnect();
      resized.disconnect();
      plot.destroy();
    };
  }, [times, before, after]);
  return <div className="plots__plot" ref={box} aria-hidden="true" />;
}

function draw(
  element: HTMLElement,
  times: readonly number[],
  before: readonly (number | null)[],
  after: readonly (number | null)[] | null,
): uPlot {
  const colour = (name: string) => {
    element.style.color = `var(${name})`;
    return getComputedStyle(element).color;
  };
  const axis = { stroke: colour("--text-soft"), grid: { stroke: colour("--line"), width: 1 } };
  const { stepped } = uPlot.paths;
  const line = (label: string, stroke: string, dash: number[]): uPlot.Series => ({
    label,
    stroke,
    dash,
    width: 2,
    points: { show: false },
    ...(stepped === undefined ? {} : { paths: stepped({ align: 1 }) }),
  });
  const series: uPlot.Series[] = [{ label: words.at }, line(words.before, colour("--text-soft"), [4, 4])];
  const data: uPlot.AlignedData = [times.map((at) => at / 1_000), [...before]];
  if (after !== null) {
    series.push(line(words.after, colour("--accent"), []));
    data.push([...after]);
  }
  const options: uPlot.Options = {
    width: element.clientWidth,
    height: HEIGHT,
    series,
    axes: [
      { ...axis, space: 90, values: (_, moments) => moments.map(namesFor(times)) },
      { ...axis, size: 56 },
    ],
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
  };
  element.style.color = "";
  return new uPlot(options, data, element);
}

const TWO_DAYS_MS = 2 * 86_400_000;

/** As the reader writes times, or of a longer period dates. */
function namesFor(times: readonly number[]): (seconds: number) => string {
  const isLong = (times.at(-1) ?? 0) - (times[0] ?? 0) > TWO_DAYS_MS;
  const format = new Intl.DateTimeFormat(
    undefined,
    isLong ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit" },
  );
  return (seconds) => format.format(seconds * 1_000);
}
