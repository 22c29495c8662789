import { Plus, X } from "lucide-react";

import { TextField, Tick } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import { DayTimes } from "./DayTimes.tsx";
import { words } from "./en.ts";
import type { OwnDate } from "./schedules.ts";

interface DatesPartProps {
  dates: readonly OwnDate[];
  /** What is missing is said once one has tried to save. */
  isAsked: boolean;
  onChange: (dates: readonly OwnDate[]) => void;
}

/** Days that are like no other. */
export function DatesPart({ dates, isAsked, onChange }: DatesPartProps) {
  const addButton = (
    <button
      type="button"
      className="button"
      onClick={() => onChange([...dates, { date: "", name: "", hours: [] }])}
    >
      <Plus size={15} aria-hidden="true" />
      {words.addDate}
    </button>
  );
  return (
    <Part title={words.dates} text={words.datesText} action={addButton}>
      <ul className="own-dates">
        {dates.map((one, place) => (
          <DateRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a date is its place, so that a field keeps the focus
            key={place}
            date={one}
            problem={isAsked ? lackOf(one, dates) : undefined}
            onChange={(patch) =>
              onChange(dates.map((old, at) => (at === place ? { ...old, ...patch } : old)))
            }
            onRemove={() => onChange(dates.filter((_, at) => at !== place))}
          />
        ))}
      </ul>
    </Part>
  );
}

interface DateRowProps {
  date: OwnDate;
  problem: string | undefined;
  onChange: (patch: Partial<OwnDate>) => void;
  onRemove: () => void;
}

function DateRow({ date: { date, name, hours }, problem, onChange, onRemove }: DateRowProps) {
  const called = name.trim() === "" ? words.thisDate : name.trim();
  return (
    <li className="own-dates__date">
      <div className="own-dates__fields">
        <TextField
          label={words.date}
          type="date"
          value={date}
          problem={problem}
          onChange={(event) => onChange({ date: event.target.value })}
        />
        <TextField
          label={words.dateName}
          value={name}
          placeholder={words.dateNamePlaceholder}
          maxLength={255}
          autoComplete="off"
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <button
          type="button"
          className="icon-button own-dates__remove"
          aria-label={words.removeDate(called)}
          onClick={onRemove}
        >
          <X size={16} aria-hidden="true" />
        </button>
      </div>
      <Tick
        label={words.isOpen}
        isOn={hours.length > 0}
        onTick={(isOn) => onChange({ hours: isOn ? [[540, 1_020]] : [] })}
      />
      {hours.length > 0 && (
        <DayTimes name={called} hours={hours} onChange={(changed) => onChange({ hours: changed })} />
      )}
    </li>
  );
}

/** What keeps a date from being saved. */
export function lackOf({ date, name }: OwnDate, dates: readonly OwnDate[]): string | undefined {
  if (date === "" || name.trim() === "") return words.lacksDate;
  return dates.filter((one) => one.date === date).length > 1 ? words.twice : undefined;
}
