import { Plus, X } from "lucide-react";

import { words } from "./en.ts";
import { inWords } from "./hour-words.ts";
import { DAY, fromClock, type Hours, isTangled, type Pair, toClock } from "./week.ts";

interface DayTimesProps {
  /** What they are the times of: a day of the week, or a date. */
  name: string;
  hours: Hours;
  onChange: (hours: Hours) => void;
}

/** The hours of a day to the minute. */
export function DayTimes({ name, hours, onChange }: DayTimesProps) {
  const replace = (place: number, pair: Pair) =>
    onChange(hours.map((one, at) => (at === place ? pair : one)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border
    <div className="day-times" role="group" aria-label={words.exact(name)}>
      {hours.map((pair, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair is its place, so that a field keeps the focus
        <div key={place} className="day-times__pair">
          <TimeField
            label={words.from}
            minute={pair[0]}
            onChange={(minute) => replace(place, [minute % DAY, pair[1]])}
          />
          <span aria-hidden="true">–</span>
          <TimeField
            label={words.until}
            minute={pair[1]}
            isEnd
            onChange={(minute) => replace(place, [pair[0], minute])}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={words.removeHours(inWords([pair]))}
            onClick={() => onChange(hours.filter((_, at) => at !== place))}
          >
            <X size={15} aria-hidden="true" />
          </button>
          {pair[1] < pair[0] && <span className="day-times__note">{words.nextDay}</span>}
        </div>
      ))}
      <p className="field__problem day-times__problem" role="alert">
        {isTangled(hours) && words.tangled}
      </p>
      <button
        type="button"
        className="button button--quiet day-times__add"
        onClick={() => onChange([...hours, nextAfter(hours)])}
      >
        <Plus size={15} aria-hidden="true" />
        {words.addHours}
      </button>
    </div>
  );
}

interface TimeFieldProps {
  label: string;
  minute: number;
  isEnd?: boolean;
  onChange: (minute: number) => void;
}

function TimeField({ label, minute, isEnd = false, onChange }: TimeFieldProps) {
  return (
    <input
      type="time"
      className="field__input day-times__time"
      aria-label={label}
      value={toClock(minute)}
      required
      onChange={(event) => {
        const found = fromClock(event.target.value, isEnd);
        if (found !== null) onChange(found);
      }}
    />
  );
}

/** An hour after the last one closes, for as long as the day allows. */
function nextAfter(hours: Hours): Pair {
  const last = hours.at(-1)?.[1];
  if (last === undefined) return [540, 1_020];
  const opens = Math.min(last + 60, DAY - 60);
  return [opens, Math.min(opens + 240, DAY)];
}
