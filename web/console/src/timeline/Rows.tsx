import { dayLabel } from "@kithdesk/ui";
import { useMemo } from "react";

import { useNow } from "../app/now.ts";
import type { PageView } from "../desk/types.ts";
import { words } from "./en.ts";
import type { Entry } from "./entries.ts";
import { MessageGroup } from "./MessageGroup.tsx";
import { ObjectRow } from "./ObjectRow.tsx";
import { PagesRow } from "./PagesRow.tsx";
import { PartRow } from "./PartRow.tsx";
import type { Row } from "./rows.ts";
import { SystemLine } from "./SystemLine.tsx";
import type { Timeline } from "./timeline.ts";
import "./rows.css";

interface RowsProps {
  rows: readonly Row[];
  /** What the rows are made of. */
  entries: readonly Entry[];
  /** The one that is open; null beside none. */
  conversation: string | null;
}

export function Rows({ rows, entries, conversation }: RowsProps) {
  const pages = useMemo(
    () => entries.flatMap((entry) => (entry.kind === "page" ? [entry.page] : [])),
    [entries],
  );
  return rows.map((row, index) => (
    <TimelineRow
      key={row.key}
      row={row}
      // Of many records that came at once, the last is open.
      isFolded={rows[index + 1]?.kind === "object"}
      pages={pages}
      conversation={conversation}
    />
  ));
}

interface TimelineRowProps {
  row: Row;
  isFolded: boolean;
  pages: readonly PageView[];
  conversation: string | null;
}

function TimelineRow({ row, isFolded, pages, conversation }: TimelineRowProps) {
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
      return <PagesRow pages={row.pages} ids={row.ids} among={pages} />;
    case "object":
      return <ObjectRow states={row.states} isFolded={isFolded} conversation={conversation} />;
    case "line":
      return <SystemLine line={row.line} />;
    case "part":
      return <PartRow id={row.conversation} open={conversation} />;
  }
}

/** At the top: that there is more, and what to do when it could not be had. */
export function Older({ timeline, onRetry }: { timeline: Timeline; onRetry: () => void }) {
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

/** The shape of what comes. */
export function Skeleton() {
  return (
    <div className="conversation-skeleton" aria-hidden="true">
      <span className="skeleton skeleton--bubble" />
      <span className="skeleton skeleton--bubble skeleton--out" />
      <span className="skeleton skeleton--bubble" />
    </div>
  );
}
