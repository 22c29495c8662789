import { ArrowDown } from "lucide-react";
import { useEffect, useMemo } from "react";

import { words } from "./en.ts";
import { customerKey } from "./follow.ts";
import { asHappened } from "./happened.ts";
import { useHighlight } from "./highlight.ts";
import { withPaths } from "./paths.ts";
import { Older, Rows } from "./Rows.tsx";
import { countOf, timelineRows } from "./rows.ts";
import { useStretch } from "./stretch.ts";
import { labelOf, type Subject } from "./subject.ts";
import { useScroll } from "./use-scroll.ts";
import { hidesNothing, seenIn, type View } from "./view.ts";

interface StretchOfProps {
  timelineKey: string;
  day: string;
  view: View;
  subject: Subject;
  onFound: (count: number) => void;
  onNewest: () => void;
}

/** The timeline from a day on; it is read on upwards and downwards. */
export function StretchOf({ timelineKey, day, view, subject, onFound, onNewest }: StretchOfProps) {
  const { customer, customerName, conversation } = subject;
  const isOfCustomer = timelineKey === customerKey(customer);
  const { stretch, older, newer } = useStretch(timelineKey, day);
  const { timeline } = stretch;
  const entries = useMemo(
    () => seenIn(withPaths(asHappened(timeline.entries, false)), view),
    [timeline, view],
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
  useEffect(() => onFound(countOf(rows)), [rows, onFound]);
  const scroll = useScroll(rows, timeline.oldest, {
    onNearTop: () => void older(),
    onNearBottom: () => void newer(),
    isFilled: hidesNothing(view),
  });
  useHighlight(scroll.ref, view.query, rows);
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
        <ol className="timeline__rows timeline__rows--stretch">
          {timeline.state === "failed" && <li className="timeline__older">{words.olderFailed}</li>}
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
