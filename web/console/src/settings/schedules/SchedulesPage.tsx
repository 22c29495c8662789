import { CalendarClock, ChevronRight, Plus } from "lucide-react";

import { useNow } from "../../app/now.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { formatRoute } from "../../navigation/route.ts";
import { NothingYet, Page, WhenLoaded } from "../Page.tsx";
import type { PageProps } from "../pages.ts";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { asOf, nowInWords } from "./hour-words.ts";
import { SchedulePage } from "./SchedulePage.tsx";
import { loadSchedules, type Schedule } from "./schedules.ts";
import "./schedules.css";

/** When people are at work. */
export function SchedulesPage({ path: [id] }: PageProps) {
  return id === undefined ? <Schedules /> : <SchedulePage key={id} id={id === "new" ? null : id} />;
}

function Schedules() {
  const { loaded, reload } = useLoaded(loadSchedules);
  const addButton = (
    <button type="button" className="button button--primary" onClick={() => goToSettings("schedules", "new")}>
      <Plus size={15} aria-hidden="true" />
      {words.add}
    </button>
  );
  return (
    <Page title={words.title} text={words.text} action={addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(schedules) =>
          schedules.length === 0 ? (
            <NothingYet title={words.emptyTitle} text={words.emptyText} />
          ) : (
            <ul className="entries" aria-label={words.list}>
              {schedules.map((schedule) => (
                <li key={schedule.id}>
                  <ScheduleRow schedule={schedule} />
                </li>
              ))}
            </ul>
          )
        }
      </WhenLoaded>
    </Page>
  );
}

function ScheduleRow({ schedule }: { schedule: Schedule }) {
  const now = useNow();
  const { id, name, timezone, isDefault } = schedule;
  const present = asOf(now, schedule);
  return (
    <a className="entries__entry" href={formatRoute({ screen: "settings", path: ["schedules", id] })}>
      <CalendarClock className="entries__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {name}
        </span>
        <span className="entries__facts">{nowInWords(present, now, timezone)}</span>
      </span>
      <span className="schedule-marks">
        {isDefault && <span className="mark">{words.isDefault}</span>}
        <span className={`mark ${present.isOpen ? "mark--good" : ""}`}>
          {present.isOpen ? words.openNow : words.closedNow}
        </span>
      </span>
      <ChevronRight className="entries__more" size={16} aria-hidden="true" />
    </a>
  );
}
