import { isJson, numberOrNull } from "../../desk/reading.ts";
import { Select } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import { NumberField } from "../routing/NumberField.tsx";
import { words } from "./en.ts";
import { HourBars } from "./HourBars.tsx";
import type { PartProps } from "./ScenarioForm.tsx";
import { HOURS, hoursOf, type Json, type Scenario, saidAt, withNumber, withSaid } from "./scenario.ts";

const AT_FIRST = 10;
const MINUTE = 60;
const HANDLE = ["load", "handleSeconds"] as const;

interface LoadPartProps extends PartProps {
  /** When the period begins: by it one knows what time of the day an hour in UTC is. */
  from: number;
  /** How much came in each hour, where that is known. */
  arrived: readonly number[] | null;
}

/** How much arrives: so many times what did, or so much in each hour of the day. */
export function LoadPart({ scenario, onChange, from, arrived }: LoadPartProps) {
  const hours = hoursOf(scenario);
  const handle = numberOrNull(saidAt(scenario, HANDLE));
  const pick = (which: "factor" | "hours") => {
    const { factor: _, perHour: __, handleSeconds: ___, ...others } = loadOf(scenario);
    const perHour = arrived ?? Array.from({ length: HOURS }, () => AT_FIRST);
    const load = { ...others, ...(which === "hours" && { perHour }) };
    onChange(withSaid(scenario, ["load"], Object.keys(load).length === 0 ? undefined : load));
  };
  return (
    <Part title={words.load} text={words.loadText}>
      <div className="fields">
        <div className="fields__two">
          <Select
            label={words.loadWhich}
            value={hours === null ? "factor" : "hours"}
            options={[
              ["factor", words.loadFactor],
              ["hours", words.loadHours],
            ]}
            onPick={pick}
          />
          {hours === null && (
            <NumberField
              label={words.factor}
              value={percentOf(saidAt(scenario, ["load", "factor"]))}
              least={5}
              most={500}
              onChange={(percent) =>
                onChange(withNumber(scenario, ["load", "factor"], percent === null ? null : percent / 100, 1))
              }
            />
          )}
          {hours !== null && (
            <NumberField
              label={words.handle}
              hint={words.handleHint}
              value={handle === null ? null : handle / MINUTE}
              least={1}
              most={1_440}
              onChange={(minutes) =>
                onChange(
                  withSaid(scenario, HANDLE, minutes === null ? undefined : Math.round(minutes * MINUTE)),
                )
              }
            />
          )}
        </div>
        {hours !== null && (
          <HourBars
            hours={hours}
            from={from}
            onChange={(perHour) => onChange(withSaid(scenario, ["load", "perHour"], perHour))}
          />
        )}
      </div>
    </Part>
  );
}

function loadOf({ load }: Scenario): Json {
  return isJson(load) ? load : {};
}

/** 100 where nothing is said; null where the field is empty. */
function percentOf(factor: unknown): number | null {
  if (factor === undefined) return 100;
  return typeof factor === "number" ? Math.round(factor * 10_000) / 100 : null;
}
