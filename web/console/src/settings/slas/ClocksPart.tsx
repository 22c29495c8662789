import { Select, Tick } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import type { Schedule } from "../schedules/schedules.ts";
import { words } from "./en.ts";
import { LengthField } from "./LengthField.tsx";
import { lengthOf, secondsOf } from "./lengths.ts";
import type { Draft } from "./slas.ts";

interface ClocksPartProps {
  draft: Draft;
  schedules: readonly Schedule[];
  isAsked: boolean;
  onChange: (patch: Partial<Draft>) => void;
}

const WARNED_BEFORE = 600;

/** Which time counts, and when somebody is warned. */
export function ClocksPart({ draft, schedules, isAsked, onChange }: ClocksPartProps) {
  const { schedule, pauseOnSnooze, warnBefore } = draft;
  const isGone = schedule !== null && !schedules.some(({ id }) => id === schedule);
  const options: (readonly [string, string])[] = [
    ["", words.allHours],
    ...schedules.map(({ id, name }) => [id, name] as const),
    ...(isGone ? [[schedule, words.goneSchedule] as const] : []),
  ];
  const isBad = isAsked && warnBefore !== null && secondsOf(warnBefore) === null;
  return (
    <Part title={words.clocks}>
      <div className="fields">
        <Select
          label={words.schedule}
          hint={schedules.length === 0 ? words.noSchedules : words.scheduleHint}
          value={schedule ?? ""}
          options={options}
          onPick={(picked) => onChange({ schedule: picked === "" ? null : picked })}
        />
        <Tick
          label={words.pause}
          hint={words.pauseHint}
          isOn={pauseOnSnooze}
          onTick={(isOn) => onChange({ pauseOnSnooze: isOn })}
        />
        <div className="targets__warning">
          <Tick
            label={words.warn}
            hint={words.warnHint}
            isOn={warnBefore !== null}
            onTick={(isOn) => onChange({ warnBefore: isOn ? lengthOf(WARNED_BEFORE) : null })}
          />
          {warnBefore !== null && (
            <div className="targets__times">
              <LengthField
                label={words.warnBefore}
                length={warnBefore}
                isOdd={isBad}
                onChange={(length) => onChange({ warnBefore: length })}
              />
              {isBad && <span className="field__problem">{words.oddLength}</span>}
            </div>
          )}
        </div>
      </div>
    </Part>
  );
}
