import { dayLabel } from "@kithdesk/ui";
import { ArrowDown } from "lucide-react";
import { useMemo } from "react";

import { useNow } from "../app/now.ts";
import type { Conversation, PageView } from "../desk/types.ts";
import { useSignals } from "../live/signals.ts";
import { words } from "./en.ts";
import { loadOlder, retryTimeline, useTimeline } from "./follow.ts";
import { MessageGroup } from "./MessageGroup.tsx";
import { useOutgoing } from "./outgoing.ts";
import { PagesRow } from "./PagesRow.tsx";
import { type Row, timelineRows } from "./rows.ts";
import { SystemLine } from "./SystemLine.tsx";
import { seenByCustomer, type Timeline as TimelineState } from "./timeline.ts";
import { useScroll } from "./use-scroll.ts";
import "./timeline.css";

/** Everything that happened in one conversation, oldest first; it stays at the newest unless one scrolled away. */
export function Timeline({ conversation }: { conversation: Conversation }) {
  const { id, customer, customerName } = conversation;
  const timeline = useTimeline(id);
  const outgoing = useOutgoing(id);
  const rows = useMemo(
    () =>
      timelineRows(timeline.entries, {
        outgoing,
        seen: seenByCustomer(timeline),
        customer: { id: customer, displayName: customerName },
      }),
    [timeline, outgoing, customer, customerName],
  );
  const pages = useMemo(
    () => timeline.entries.flatMap((entry) => (entry.kind === "page" ? [entry.page] : [])),
    [timeline],
  );
  const scroll = useScroll(rows, timeline.entries[0]?.position, () => void loadOlder(id));
  if (timeline.state === "failed") return <Failed conversation={id} />;
  return (
    <div className="timeline">
      <section
        ref={scroll.ref}
        className="timeline__scroller"
        aria-label={words.label(customerName)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={scroll.onScroll}
      >
        {timeline.state === "loading" && rows.length === 0 ? (
          <Skeleton />
        ) : (
          <ol className="timeline__rows">
            <Older timeline={timeline} onRetry={() => void loadOlder(id)} />
            {rows.map((row) => (
              <TimelineRow key={row.key} row={row} pages={pages} />
            ))}
            <Typing conversation={id} />
          </ol>
        )}
      </section>
      {scroll.isAway && (
        <button type="button" className="button timeline__jump" onClick={scroll.toNewest}>
          <ArrowDown size={14} aria-hidden="true" />
          {words.jumpToNewest}
        </button>
      )}
      <Announcer timeline={timeline} customerName={customerName} />
    </div>
  );
}

function TimelineRow({ row, pages }: { row: Row; pages: readonly PageView[] }) {
  const now = useNow();
  switch (row.kind) {
    case "day":
      return (
        <li className="day">
          <span className="day__label">{dayLabel(row.at, now)}</span>
        </li>
      );
    case "group":
      return <MessageGroup items={row.items} />;
    case "pages":
      return <PagesRow pages={row.pages} among={pages} />;
    case "line":
      return <SystemLine line={row.line} />;
  }
}

function Older({ timeline, onRetry }: { timeline: TimelineState; onRetry: () => void }) {
  if (timeline.isComplete) return null;
  if (timeline.older === "failed") {
    return (
      <li className="timeline__older" role="alert">
        {words.olderFailed}{" "}
        <button type="button" className="text-button" onClick={onRetry}>
          {words.tryAgain}
        </button>
      </li>
    );
  }
  return <li className="timeline__older">{words.loadingOlder}</li>;
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

function Failed({ conversation }: { conversation: string }) {
  return (
    <div className="empty empty--middle" role="alert">
      <p className="empty__title">{words.failed}</p>
      <button type="button" className="button" onClick={() => retryTimeline(conversation)}>
        {words.tryAgain}
      </button>
    </div>
  );
}

function Skeleton() {
  return (
    <div className="conversation-skeleton" aria-hidden="true">
      <span className="skeleton skeleton--bubble" />
      <span className="skeleton skeleton--bubble skeleton--out" />
      <span className="skeleton skeleton--bubble" />
    </div>
  );
}
