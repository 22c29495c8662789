import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";

import { Part } from "../Page.tsx";
import { DayTimes } from "./DayTimes.tsx";
import { words } from "./en.ts";
import { dayName, inWords } from "./hour-words.ts";
import { WeekGrid } from "./WeekGrid.tsx";
import { DAYS, type Hours, isTangled, minutesOf, PRESETS, type PresetId, type Week } from "./week.ts";
import "./week.css";

interface WeekPartProps {
  week: Week;
  onChange: (week: Week) => void;
}

/** The week: a picture to draw in, and each day to the minute. */
export function WeekPart({ week, onChange }: WeekPartProps) {
  const total = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(minutesOf(week) / 60);
  return (
    <Part title={words.week} text={words.weekText}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border */}
      <div className="presets" role="group" aria-label={words.presets}>
        {(Object.keys(PRESETS) as PresetId[]).map((id) => (
          <button key={id} type="button" className="tabs__tab" onClick={() => onChange(PRESETS[id])}>
            {words.preset[id]}
          </button>
        ))}
      </div>
      <WeekGrid week={week} onChange={onChange} />
      <p className="week-total" role="status">
        {words.total(total)}
      </p>
      <ul className="days">
        {DAYS.map((day) => (
          <DayRow
            key={day}
            day={day}
            hours={week[day] ?? []}
            onChange={(hours) => onChange(week.map((one, at) => (at === day ? hours : one)))}
            onCopy={(isForAll) =>
              onChange(week.map((one, at) => (isForAll || (at > 0 && at < 6) ? (week[day] ?? []) : one)))
            }
          />
        ))}
      </ul>
    </Part>
  );
}

interface DayRowProps {
  day: number;
  hours: Hours;
  onChange: (hours: Hours) => void;
  onCopy: (isForAll: boolean) => void;
}

function DayRow({ day, hours, onChange, onCopy }: DayRowProps) {
  const [isOpened, setOpened] = useState(false);
  const id = useId();
  const name = dayName(day);
  // Said here as well: the day may be folded up by the time one tries to save.
  const said = isTangled(hours) ? `${inWords(hours)}. ${words.tangled}` : inWords(hours);
  return (
    <li className="days__day">
      <button
        type="button"
        className="days__button"
        aria-expanded={isOpened}
        aria-controls={id}
        onClick={() => setOpened(!isOpened)}
      >
        <span className="days__name">{name}</span>
        <span className={`days__hours ${lookOf(hours)}`}>{said}</span>
        <span className="sr-only">{words.setTimes}</span>
        <ChevronDown className="days__more" size={16} aria-hidden="true" />
      </button>
      <div id={id} className="days__times" hidden={!isOpened}>
        {isOpened && (
          <>
            <DayTimes name={name} hours={hours} onChange={onChange} />
            <div className="days__copy">
              <button type="button" className="text-button" onClick={() => onCopy(false)}>
                {words.copyToWeekdays}
              </button>
              <button type="button" className="text-button" onClick={() => onCopy(true)}>
                {words.copyToAll}
              </button>
            </div>
          </>
        )}
      </div>
    </li>
  );
}

function lookOf(hours: Hours): string {
  if (isTangled(hours)) return "days__hours--wrong";
  return hours.length === 0 ? "days__hours--closed" : "";
}
