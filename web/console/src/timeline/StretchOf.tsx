import { ArrowDown } from "lucide-react";
import { useEffect, useMemo } from "react";

import type { Conversation } from "../desk/types.ts";
import { words } from "./en.ts";
import { useHighlight } from "./highlight.ts";
import { Older, Rows } from "./Rows.tsx";
import { countOf, timelineRows } from "./rows.ts";
import { useStretch } from "./stretch.ts";
import { useScroll } from "./use-scroll.ts";
import { hidesNothing, seenIn, type View } from "./view.ts";

interface StretchOfProps {
  timelineKey: string;
  day: string;
  view: View;
  conversation: Conversation;
  onFound: (count: number) => void;
  onNewest: () => void;
}

/** The timeline from a day on; it is read on upwards and downwards. */
export function StretchOf({ timelineKey, day, view, conversation, onFound, onNewest }: StretchOfProps) {
  const { id, customer, customerName } = conversation;
  const { stretch, older, newer } = useStretch(timelineKey, day);
  const { timeline } = stretch;
  const entries = useMemo(() => seenIn(timeline.entries, view), [timeline, view]);
  const rows = useMemo(
    () =>
      timelineRows(entries, {
        outgoing: [],
        seen: null,
        customer: { id: customer, displayName: customerName },
        hasParts: view.scope === "customer",
      }),
    [entries, customer, customerName, view.scope],
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
        aria-label={words.label(customerName)}
        aria-busy={!isRead}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={scroll.onScroll}
      >
        <ol className="timeline__rows timeline__rows--stretch">
          {timeline.state === "failed" && <li className="timeline__older">{words.olderFailed}</li>}
          {isRead && <Older timeline={timeline} onRetry={() => void older()} />}
          {isRead && entries.length === 0 && <li className="timeline__older">{words.nothingFound}</li>}
          <Rows rows={rows} entries={entries} conversation={id} />
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
