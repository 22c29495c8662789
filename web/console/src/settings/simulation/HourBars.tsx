import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";

import { words } from "./en.ts";
import { dayFrom, MOST_IN_HOUR, scaleFor } from "./hours.ts";
import "./hours.css";

interface HourBarsProps {
  /** By the hour of the day in UTC, as they are sent. */
  hours: readonly (number | null)[];
  from: number;
  onChange: (hours: readonly (number | null)[]) => void;
}

/** A day in bars: drawn with a finger or a mouse, raised and lowered by keys, or typed below. */
export function HourBars({ hours, from, onChange }: HourBarsProps) {
  const id = useId();
  const day = dayFrom(from);
  const [focused, setFocused] = useState(0);
  const bars = useRef<HTMLDivElement>(null);
  // While one draws, the scale stays, or the bars would run away from under the finger.
  const [heldScale, setHeldScale] = useState<number | null>(null);
  const most = heldScale ?? scaleFor(hours);
  const set = (place: number, value: number | null) => {
    const hour = day[place]?.hour;
    if (hour === undefined) return;
    const kept = value === null ? null : Math.min(MOST_IN_HOUR, Math.max(0, value));
    onChange(hours.map((before, index) => (index === hour ? kept : before)));
  };
  const draw = (event: PointerEvent) => {
    const box = bars.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    const across = (event.clientX - box.left) / box.width;
    const isTurned = bars.current !== null && getComputedStyle(bars.current).direction === "rtl";
    const place = Math.floor((isTurned ? 1 - across : across) * day.length);
    const height = 1 - (event.clientY - box.top) / box.height;
    if (day[place] === undefined) return;
    setFocused(place);
    set(place, Math.round(Math.min(1, Math.max(0, height)) * most));
  };
  const goTo = (place: number) => {
    setFocused(place);
    bars.current?.querySelectorAll<HTMLElement>("[role=slider]")[place]?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const raised = RAISES[event.key]?.(hours[day[focused]?.hour ?? 0] ?? 0, most);
    if (step === undefined && raised === undefined) return;
    event.preventDefault();
    if (raised !== undefined) set(focused, raised);
    else if (step !== undefined) goTo((focused + step + day.length) % day.length);
  };
  return (
    <div className="hours">
      <p className="field__label" id={id}>
        {words.hours}
      </p>
      <p className="field__hint">{words.hoursHint}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn on */}
      <div
        className="hours__bars"
        role="group"
        aria-labelledby={id}
        ref={bars}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setHeldScale(most);
          draw(event);
        }}
        onPointerMove={(event) => heldScale !== null && draw(event)}
        onPointerUp={() => setHeldScale(null)}
        onPointerCancel={() => setHeldScale(null)}
      >
        {day.map(({ hour, name }, place) => {
          const value = hours[hour] ?? 0;
          return (
            <div
              key={hour}
              className="hours__bar"
              role="slider"
              aria-orientation="vertical"
              aria-label={words.hourOf(name)}
              aria-valuemin={0}
              aria-valuemax={Math.max(most, value)}
              aria-valuenow={value}
              tabIndex={place === focused ? 0 : -1}
              onFocus={() => setFocused(place)}
              onKeyDown={press}
            >
              <span
                className="hours__level"
                style={{ blockSize: `${(100 * Math.min(value, most)) / most}%` }}
              />
            </div>
          );
        })}
      </div>
      <div className="hours__names" aria-hidden="true">
        {day.map(({ hour, name }, place) => (
          <span key={hour} className="hours__name">
            {place % 6 === 0 ? name : ""}
          </span>
        ))}
      </div>
      <p className="field__hint">
        {words.hourNow(day[focused]?.name ?? "", hours[day[focused]?.hour ?? 0] ?? 0)}
      </p>
      <details className="scenario__fold">
        <summary>{words.hoursTyped}</summary>
        <div className="hours__typed">
          {day.map(({ hour, name }, place) => (
            <label key={hour} className="hours__typed-one">
              <span className="field__hint">{name}</span>
              <input
                className="field__input"
                type="number"
                inputMode="decimal"
                min={0}
                max={MOST_IN_HOUR}
                step="any"
                aria-label={words.hourOf(name)}
                value={hours[hour] ?? ""}
                onChange={(event) =>
                  set(place, event.target.value === "" ? null : Number(event.target.value))
                }
              />
            </label>
          ))}
        </div>
      </details>
    </div>
  );
}

/** To another hour. */
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

const RAISES: Readonly<Record<string, (value: number, most: number) => number>> = {
  ArrowUp: (value) => value + 1,
  ArrowDown: (value) => value - 1,
  PageUp: (value) => value + 10,
  PageDown: (value) => value - 10,
  Home: () => 0,
  End: (_, most) => most,
};
