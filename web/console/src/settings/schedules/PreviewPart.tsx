import { useNow } from "../../app/now.ts";
import { words } from "./en.ts";
import { asOf, dateOf, inWords, nowInWords } from "./hour-words.ts";
import type { DayOff, Draft } from "./schedules.ts";
import type { Previewed } from "./use-preview.ts";

interface PreviewPartProps {
  draft: Draft;
  previewed: Previewed;
  onOpenAnyway: (day: DayOff) => void;
}

/** What the hours come to: now, and on the days ahead. */
export function PreviewPart({ draft, previewed: { preview, problem }, onOpenAnyway }: PreviewPartProps) {
  const now = useNow();
  const present = preview === null ? null : asOf(now, preview);
  return (
    <section className="schedule-preview" aria-label={words.preview}>
      <div role="status">
        {problem !== null && <p className="schedule-preview__problem">{problem}</p>}
        {present !== null && problem === null && (
          <>
            <p className={`mark ${present.isOpen ? "mark--good" : ""}`}>
              {present.isOpen ? words.openNow : words.closedNow}
            </p>
            <p className="schedule-preview__change">{nowInWords(present, now, draft.timezone)}</p>
          </>
        )}
      </div>
      <h2 className="schedule-preview__title">{words.daysOff}</h2>
      {preview !== null && preview.daysOff.length === 0 && (
        <p className="schedule-preview__none">{words.noDaysOff}</p>
      )}
      <ol className="schedule-preview__days">
        {preview?.daysOff.map((day) => (
          <li key={day.date} className="schedule-preview__day">
            <span className="schedule-preview__name" dir="auto">
              {day.name}
            </span>
            <span className="schedule-preview__date">
              {dateOf(day.date)}
              {day.hours.length > 0 && ` · ${inWords(day.hours)}`}
            </span>
            {!day.isOwn && (
              <button
                type="button"
                className="text-button schedule-preview__open"
                aria-label={words.openAnyway(day.name)}
                onClick={() => onOpenAnyway(day)}
              >
                {words.openAnywayShort}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
