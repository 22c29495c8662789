import { ArrowDown } from "lucide-react";
import { useMemo } from "react";

import { words } from "./en.ts";
import { customerKey } from "./follow.ts";
import { useFound } from "./found.ts";
import { asHappened } from "./happened.ts";
import { useHighlight } from "./highlight.ts";
import { withPaths } from "./paths.ts";
import { Older, Rows, Skeleton } from "./Rows.tsx";
import { timelineRows } from "./rows.ts";
import { useStretch, type Whereabouts } from "./stretch.ts";
import { labelOf, type Subject } from "./subject.ts";
import { useScroll } from "./use-scroll.ts";
import { type Filter, seenIn } from "./view.ts";

interface StretchOfProps {
  timelineKey: string;
  where: Whereabouts;
  filter: Filter;
  /** Words to mark. */
  marks: readonly string[];
  subject: Subject;
  onNewest: () => void;
}

/** The timeline from a day on, or around something that was found; it is read on upwards and downwards. */
export function StretchOf({ timelineKey, where, filter, marks, subject, onNewest }: StretchOfProps) {
  const { customer, customerName, conversation } = subject;
  const isOfCustomer = timelineKey === customerKey(customer);
  const { stretch, older, newer, again } = useStretch(timelineKey, where);
  const { timeline } = stretch;
  const entries = useMemo(
    () => seenIn(withPaths(asHappened(timeline.entries, false)), filter),
    [timeline, filter],
  );
  const rows = useMemo(
    () =>
      timelineRows(entries, {
        outgoing: [],
        seen: null,
        customer: { id: customer, displayName: customerName },
        hasParts: isOfCustomer,
      }),
    [entries, customer, customerName, isOfCustomer],
  );
  const scroll = useScroll(rows, timeline.oldest, {
    onNearTop: () => void older(),
    onNearBottom: () => void newer(),
    isFilled: filter === "all",
  });
  useFound(scroll.ref, where.kind === "place" ? where.place.id : null, rows);
  useHighlight(scroll.ref, marks, rows);
  const isRead = timeline.state === "ready";
  return (
    <div className="timeline">
      <section
        ref={scroll.ref}
        className="timeline__scroller"
        aria-label={labelOf(subject)}
        aria-busy={!isRead}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={scroll.onScroll}
      >
        {timeline.state === "loading" && <Skeleton />}
        <ol className="timeline__rows timeline__rows--stretch">
          {timeline.state === "failed" && (
            <li className="timeline__older" role="alert">
              {words.olderFailed}{" "}
              <button type="button" className="text-button" onClick={again}>
                {words.tryAgain}
              </button>
            </li>
          )}
          {isRead && <Older timeline={timeline} onRetry={() => void older()} />}
          {isRead && entries.length === 0 && <li className="timeline__older">{words.nothingFound}</li>}
          <Rows rows={rows} entries={entries} conversation={conversation} />
          {isRead && stretch.hasNewer && (
            <li className="timeline__older">
              {stretch.newer === "failed" ? (
                <button type="button" className="text-button" onClick={() => void newer()}>
                  {words.tryAgain}
                </button>
              ) : (
                words.loadingNewer
              )}
            </li>
          )}
        </ol>
      </section>
      <button type="button" className="button timeline__jump" onClick={onNewest}>
        <ArrowDown size={14} aria-hidden="true" />
        {words.backToNewest}
      </button>
    </div>
  );
}
