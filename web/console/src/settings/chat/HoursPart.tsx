import { Select, TextArea } from "../../forms/Fields.tsx";
import { formatRoute } from "../../navigation/route.ts";
import { Part, WhenLoaded } from "../Page.tsx";
import { loadSchedules, type Schedule } from "../schedules/schedules.ts";
import { useLoaded } from "../use-loaded.ts";
import { HOURS_DISPLAYS } from "./appearance.ts";
import type { PartProps } from "./ChatPage.tsx";
import { words } from "./en.ts";

/** What the chat tells of the hours in which somebody is there. */
export function HoursPart({ draft, onChange }: PartProps) {
  const { loaded, reload } = useLoaded(loadSchedules);
  return (
    <Part title={words.hours} text={words.hoursText}>
      <div className="fields">
        <Select
          label={words.offhoursDisplay}
          value={draft.offhoursDisplay}
          options={HOURS_DISPLAYS.map((one) => [one, words.displays[one]] as const)}
          onPick={(offhoursDisplay) => onChange({ offhoursDisplay })}
        />
        {draft.offhoursDisplay !== "none" && (
          <WhenLoaded loaded={loaded} onRetry={reload}>
            {(schedules) => (
              <ScheduleField
                schedules={schedules}
                chosen={draft.businessScheduleId}
                onPick={(businessScheduleId) => onChange({ businessScheduleId })}
              />
            )}
          </WhenLoaded>
        )}
        {draft.offhoursDisplay === "offline" && (
          <TextArea
            label={words.offhoursMessage}
            hint={words.offhoursMessageHint}
            rows={2}
            maxLength={2_000}
            value={draft.offhoursMessage}
            onChange={(event) => onChange({ offhoursMessage: event.target.value })}
          />
        )}
      </div>
    </Part>
  );
}

interface ScheduleFieldProps {
  schedules: readonly Schedule[];
  chosen: string;
  onPick: (id: string) => void;
}

function ScheduleField({ schedules, chosen, onPick }: ScheduleFieldProps) {
  const byDefault = schedules.find(({ isDefault }) => isDefault);
  if (byDefault === undefined) {
    return (
      <p className="settings-page__warning">
        {words.noSchedule}{" "}
        <a href={formatRoute({ screen: "settings", path: ["schedules", "new"] })}>{words.makeSchedule}</a>
      </p>
    );
  }
  return (
    <Select
      label={words.schedule}
      // One that was deleted left its place to the default.
      value={schedules.some(({ id }) => id === chosen) ? chosen : ""}
      options={[
        ["", words.defaultSchedule(byDefault.name)] as const,
        ...schedules.map(({ id, name }) => [id, name] as const),
      ]}
      onPick={onPick}
    />
  );
}
