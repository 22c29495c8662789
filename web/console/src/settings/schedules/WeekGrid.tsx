import { type FocusEvent, type KeyboardEvent, memo, type PointerEvent, useRef, useState } from "react";

import { words } from "./en.ts";
import { clockOf, dayName } from "./hour-words.ts";
import { CELL, CELLS, DAY, DAYS, type Hours, openIn, paint, spillInto, type Week } from "./week.ts";

interface WeekGridProps {
  week: Week;
  onChange: (week: Week) => void;
}

interface Cell {
  readonly day: number;
  readonly cell: number;
}

interface Stroke extends Cell {
  readonly isOpen: boolean;
  /** As it was before: a stroke that becomes smaller gives back what it had taken. */
  readonly before: Week;
}

/** A week as seven days of half hours, opened and closed by dragging or by the keyboard. */
export function WeekGrid({ week, onChange }: WeekGridProps) {
  const [current, setCurrent] = useState<Cell>({ day: 1, cell: 18 });
  const stroke = useRef<Stroke | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const isOpenAt = ({ day, cell }: Cell) => openIn(week[day] ?? [], cell) > 0;

  const begin = (event: PointerEvent) => {
    const at = cellUnder(event);
    if (at === null || event.button !== 0) return;
    grid.current?.setPointerCapture?.(event.pointerId);
    stroke.current = { ...at, isOpen: !isOpenAt(at), before: week };
    draw(at);
  };
  const draw = (to: Cell) => {
    if (stroke.current === null) return;
    setCurrent(to);
    onChange(painted(stroke.current.before, stroke.current, to, stroke.current.isOpen));
  };
  const cancel = () => {
    if (stroke.current !== null) onChange(stroke.current.before);
    stroke.current = null;
  };
  const focus = (to: Cell) => {
    setCurrent(to);
    grid.current?.querySelector<HTMLElement>(`[data-day="${to.day}"][data-cell="${to.cell}"]`)?.focus();
  };
  const onFocus = (event: FocusEvent) => {
    const at = cellOf(event.target);
    if (at !== null) setCurrent(at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " || event.key === "Enter") {
      onChange(painted(week, current, current, !isOpenAt(current)));
    } else {
      const to = moved(current, event.key, getComputedStyle(event.currentTarget).direction === "rtl");
      if (to === null) return;
      if (event.shiftKey) onChange(painted(week, to, to, isOpenAt(current)));
      focus(to);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would have to be taught all of this as well
    <div
      ref={grid}
      className="week"
      role="grid"
      aria-label={words.grid}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onPointerDown={begin}
      onPointerMove={(event) => {
        const at = stroke.current === null ? null : cellUnder(event);
        if (at !== null) draw(at);
      }}
      onPointerUp={() => {
        stroke.current = null;
      }}
      onPointerCancel={cancel}
    >
      <div className="week__scale" aria-hidden="true">
        {[0, 6, 12, 18].map((hour) => (
          <span key={hour} className="week__hour">
            {clockOf(hour * 60)}
          </span>
        ))}
      </div>
      {DAYS.map((day) => (
        <DayTrack
          key={day}
          day={day}
          hours={week[day] ?? []}
          spilt={spillInto(week, day)}
          current={current.day === day ? current.cell : null}
        />
      ))}
    </div>
  );
}

interface DayTrackProps {
  day: number;
  hours: Hours;
  spilt: number;
  current: number | null;
}

/** Drawn again only when its own hours change: a week has hundreds of cells. */
const DayTrack = memo(function DayTrack({ day, hours, spilt, current }: DayTrackProps) {
  const name = dayName(day);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: see the grid
    <div className="week__row" role="row">
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see the grid */}
      <div className="week__day" role="rowheader">
        <span aria-hidden="true">{dayName(day, "short")}</span>
        <span className="sr-only">{name}</span>
      </div>
      <div className="week__track" role="presentation">
        {spilt > 0 && <span className="week__bar week__bar--spilt" style={placeOf(0, spilt)} />}
        {hours.map(([opens, closes]) => (
          <span
            key={`${opens}-${closes}`}
            className="week__bar"
            style={placeOf(opens, closes < opens ? DAY : closes)}
          />
        ))}
        {Array.from({ length: CELLS }, (_, cell) => (
          // biome-ignore lint/a11y/useSemanticElements: see the grid
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a half hour is its place in the day
            key={cell}
            className="week__cell"
            role="gridcell"
            tabIndex={cell === current ? 0 : -1}
            data-day={day}
            data-cell={cell}
            aria-selected={openIn(hours, cell) > 0}
            aria-label={`${words.cell(name, clockOf(cell * CELL), clockOf((cell + 1) * CELL))}, ${stateOf(hours, spilt, cell)}`}
          />
        ))}
      </div>
    </div>
  );
});

function stateOf(hours: Hours, spilt: number, cell: number): string {
  const open = openIn(hours, cell);
  if (open > 0) return open === CELL ? words.open : words.partly;
  return spilt > cell * CELL ? words.openFromBefore : words.closed;
}

function placeOf(since: number, until: number) {
  return {
    insetInlineStart: `${(since / DAY) * 100}%`,
    inlineSize: `${((until - since) / DAY) * 100}%`,
  };
}

/** The pointer is captured, so that a stroke may leave the grid and come back: the event's target says nothing. */
function cellUnder(event: PointerEvent): Cell | null {
  return cellOf(document.elementFromPoint?.(event.clientX, event.clientY) ?? event.target);
}

function cellOf(target: EventTarget | null): Cell | null {
  const { day, cell } = target instanceof HTMLElement ? target.dataset : {};
  return day === undefined || cell === undefined ? null : { day: Number(day), cell: Number(cell) };
}

/** All between two corners, on every day between them. */
function painted(week: Week, from: Cell, to: Cell, isOpen: boolean): Week {
  const rows = [DAYS.indexOf(from.day), DAYS.indexOf(to.day)].toSorted((a, b) => a - b);
  const touched = DAYS.slice(rows[0], (rows[1] ?? 0) + 1);
  const since = Math.min(from.cell, to.cell) * CELL;
  const until = (Math.max(from.cell, to.cell) + 1) * CELL;
  return week.map((hours, day) => (touched.includes(day) ? paint(hours, since, until, isOpen) : hours));
}

function moved({ day, cell }: Cell, key: string, isRtl: boolean): Cell | null {
  const row = DAYS.indexOf(day);
  const dayAt = (place: number) => DAYS[Math.max(0, Math.min(DAYS.length - 1, place))] ?? day;
  const cellAt = (place: number) => Math.max(0, Math.min(CELLS - 1, place));
  switch (key) {
    case "ArrowUp":
      return { day: dayAt(row - 1), cell };
    case "ArrowDown":
      return { day: dayAt(row + 1), cell };
    case "ArrowLeft":
      return { day, cell: cellAt(cell + (isRtl ? 1 : -1)) };
    case "ArrowRight":
      return { day, cell: cellAt(cell + (isRtl ? -1 : 1)) };
    case "Home":
      return { day, cell: 0 };
    case "End":
      return { day, cell: CELLS - 1 };
    default:
      return null;
  }
}
