import { ArrowDown } from "lucide-react";
import { useEffect, useMemo } from "react";

import { useSignals } from "../live/signals.ts";
import { words } from "./en.ts";
import type { Entry } from "./entries.ts";
import { customerKey, loadFactsOf, loadOlder, retryTimeline, useTimeline } from "./follow.ts";
import { useFound } from "./found.ts";
import { asHappened } from "./happened.ts";
import { useHighlight } from "./highlight.ts";
import { useOutgoing } from "./outgoing.ts";
import { withPaths } from "./paths.ts";
import { Older, Rows, Skeleton } from "./Rows.tsx";
import { timelineRows } from "./rows.ts";
import { labelOf, type Subject } from "./subject.ts";
import { seenByCustomer, type Timeline as TimelineState } from "./timeline.ts";
import { useScroll } from "./use-scroll.ts";
import { type Filter, seenIn, withFacts } from "./view.ts";

interface NewestProps {
  timelineKey: string;
  filter: Filter;
  /** Words to mark. */
  marks: readonly string[];
  /** What was found in it and is looked at. */
  found: string | null;
  /** Another part of the timeline lies over it: it stays as it was left. */
  isCovered: boolean;
  subject: Subject;
  onShown: (entries: readonly Entry[]) => void;
}

const NONE: readonly string[] = [];

/** Oldest first; it stays at the newest unless one scrolled away. */
export function Newest({ timelineKey, filter, marks, found, isCovered, subject, onShown }: NewestProps) {
  const { customer, customerName, conversation } = subject;
  const isOfCustomer = timelineKey === customerKey(customer);
  const own = useTimeline(conversation ?? timelineKey);
  const timeline = useTimeline(timelineKey);
  const entries = useShown(subject, timeline, isOfCustomer, filter);
  const outgoing = useOutgoing(conversation ?? "");
  const isWhole = filter === "all";
  const rows = useMemo(
    () =>
      timelineRows(entries, {
        outgoing: isWhole ? outgoing : [],
        seen: seenByCustomer(own),
        customer: { id: customer, displayName: customerName },
        hasParts: isOfCustomer,
      }),
    [entries, own, outgoing, isWhole, customer, customerName, isOfCustomer],
  );
  useEffect(() => onShown(entries), [entries, onShown]);
  const readOn = () => {
    void loadOlder(timelineKey);
    if (conversation !== null && !isOfCustomer) loadFactsOf(conversation, customer);
  };
  // What is rare among what is loaded is looked for further back when somebody asks, and not to the beginning of time.
  const scroll = useScroll(rows, timeline.oldest, { onNearTop: readOn, isFilled: isWhole });
  useFound(scroll.ref, found, rows);
  useHighlight(scroll.ref, isCovered ? NONE : marks, rows);
  if (timeline.state === "failed") return isCovered ? null : <Failed timelineKey={timelineKey} />;
  return (
    <div className={isCovered ? "timeline timeline--covered" : "timeline"}>
      <section
        ref={scroll.ref}
        className="timeline__scroller"
        aria-label={labelOf(subject)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={scroll.onScroll}
      >
        {timeline.state === "loading" && rows.length === 0 ? (
          <Skeleton />
        ) : (
          <ol className="timeline__rows">
            {isWhole && rows.length === 0 && timeline.isComplete && (
              <li className="timeline__older">{words.nothingYet}</li>
            )}
            {isWhole ? (
              <Older timeline={timeline} onRetry={readOn} />
            ) : (
              <Further timeline={timeline} hasFound={rows.length > 0} onFurther={readOn} />
            )}
            <Rows rows={rows} entries={entries} conversation={conversation} />
            {conversation !== null && <Typing conversation={conversation} />}
          </ol>
        )}
      </section>
      {scroll.isAway && (
        <button type="button" className="button timeline__jump" onClick={scroll.toNewest}>
          <ArrowDown size={14} aria-hidden="true" />
          {words.jumpToNewest}
        </button>
      )}
      <Announcer timeline={own} customerName={customerName} />
    </div>
  );
}

function useShown(
  { customer, isOver }: Subject,
  timeline: TimelineState,
  isOfCustomer: boolean,
  filter: Filter,
): readonly Entry[] {
  const whole = useTimeline(customerKey(customer));
  return useMemo(() => {
    const all = isOfCustomer ? timeline.entries : withFacts(timeline, whole, isOver);
    return seenIn(withPaths(asHappened(all, isOfCustomer && timeline.isComplete)), filter);
  }, [timeline, whole, isOver, isOfCustomer, filter]);
}

interface FurtherProps {
  timeline: TimelineState;
  hasFound: boolean;
  onFurther: () => void;
}

/** Above what is of that kind among what is loaded: that there is more to look through, or nothing else. */
function Further({ timeline, hasFound, onFurther }: FurtherProps) {
  const isLooking = timeline.older === "loading";
  const { isComplete } = timeline;
  return (
    <li className="timeline__older">
      <span role="status">
        {isLooking ? words.looking : hasFound ? null : isComplete ? words.nothingOfKind : words.nothingFound}
      </span>{" "}
      {!isComplete && !isLooking && (
        <button type="button" className="text-button" onClick={onFurther}>
          {words.lookFurther}
        </button>
      )}
    </li>
  );
}

function Typing({ conversation }: { conversation: string }) {
  const name = useSignals(
    ({ signs }) =>
      signs.find(
        (sign) => sign.conversation === conversation && sign.kind === "typing" && sign.type === "customer",
      )?.name,
  );
  // Always there, so that its coming does not move what is being read.
  return (
    <li className="typing">
      <span className="typing__words" role="status">
        {name !== undefined && (
          <>
            <span className="typing__dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <span dir="auto">{words.typing(name)}</span>
          </>
        )}
      </span>
    </li>
  );
}

/** Says new messages aloud. The list itself must not: earlier pages added above would all be read out. */
function Announcer({ timeline, customerName }: { timeline: TimelineState; customerName: string }) {
  const newest = timeline.entries.findLast((entry) => entry.kind === "message");
  const isFromCustomer = newest?.kind === "message" && newest.message.direction === "in";
  return (
    <div className="sr-only" aria-live="polite">
      {isFromCustomer && `${customerName}: ${newest.message.body}`}
    </div>
  );
}

function Failed({ timelineKey }: { timelineKey: string }) {
  return (
    <div className="empty empty--middle" role="alert">
      <p className="empty__title">{words.failed}</p>
      <button type="button" className="button" onClick={() => retryTimeline(timelineKey)}>
        {words.tryAgain}
      </button>
    </div>
  );
}
