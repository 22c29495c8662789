import { ArrowLeft, Pencil } from "lucide-react";
import { useEffect, useMemo, useState } from "react";

import { viewBehind } from "../board/behind.ts";
import { words as boardWords } from "../board/en.ts";
import { useDirectory } from "../desk/directory.ts";
import { useDesk } from "../desk/store.ts";
import { CloseEnded } from "../inbox/CloseEnded.tsx";
import { ListSkeleton } from "../inbox/ConversationList.tsx";
import { ConversationRows } from "../inbox/ConversationRows.tsx";
import { UnassignedParts } from "../inbox/UnassignedParts.tsx";
import { PART_VIEWS, type Part, partOf } from "../inbox/unassigned.ts";
import { useAgainWhenOnline } from "../live/use-again.ts";
import { formatRoute } from "../navigation/route.ts";
import { CustomerRows } from "./CustomerRows.tsx";
import { words } from "./en.ts";
import { MOST_ROWS, useRows } from "./rows.ts";
import { ViewSheet } from "./ViewSheet.tsx";
import { loadViews, useViews, type View } from "./views.ts";

interface ViewColumnProps {
  view: string;
  open: string | null;
  /** The desk has been read; before, nothing is asked for. */
  isReady: boolean;
}

/** A saved view in place of a list: its name, its rows, and the way to change what it shows. */
export function ViewColumn({ view: id, open, isReady }: ViewColumnProps) {
  const { state, views } = useViews();
  const part = partOf(id);
  const behind = useBehind(id);
  const unsaved = part === null ? behind : PART_VIEWS[part];
  const view = unsaved ?? views.find((one) => one.id === id);
  useEffect(() => {
    if (isReady && state === "unasked") void loadViews();
  }, [isReady, state]);
  if (isReady && view !== undefined)
    return <Loaded view={view} open={open} isSaved={unsaved === null} part={part} />;
  return (
    <section className="list-column" aria-label={words.title}>
      {isReady && (state === "ready" || state === "failed") ? (
        <NotThere isGone={state === "ready"} />
      ) : (
        <ListSkeleton />
      )}
    </section>
  );
}

/** What is behind a figure of the live board, where the name is that of such a list. */
function useBehind(id: string): View | null {
  const queues = useDirectory((directory) => directory.queues);
  const agents = useDesk((desk) => desk.agents);
  return useMemo(() => {
    const named = [...agents.values()].map((agent) => ({ id: agent.id, name: agent.displayName }));
    return viewBehind(id, queues, named);
  }, [id, queues, agents]);
}

interface LoadedProps {
  view: View;
  open: string | null;
  isSaved: boolean;
  /** Of what nobody has, where it is one of these. */
  part: Part | null;
}

function Loaded({ view, open, isSaved, part }: LoadedProps) {
  const [isEditing, setEditing] = useState(false);
  const rows = useRows(view);
  useAgainWhenOnline(rows.state === "failed", rows.again);
  return (
    <section className="list-column" aria-label={view.name}>
      <header className="list-column__header">
        {!isSaved && part === null && <BackToBoard />}
        <h1 className="list-column__title">
          <bdi className="list-column__name" title={view.name}>
            {view.name}
          </bdi>
          {rows.state !== "loading" && rows.state !== "senseless" && (
            <span className="list-column__count" title={words.count[view.context](rows.total)}>
              {rows.total.toLocaleString()}
            </span>
          )}
        </h1>
        {isSaved && (
          <button
            type="button"
            className="icon-button"
            aria-label={words.edit(view.name)}
            onClick={() => setEditing(true)}
          >
            <Pencil size={15} aria-hidden="true" />
          </button>
        )}
      </header>
      {part !== null && <UnassignedParts part={part} />}
      {part === "ended" && rows.state !== "loading" && <CloseEnded total={rows.total} />}
      <RowsOf view={view} rows={rows} open={open} />
      {isEditing && <ViewSheet view={view} onClose={() => setEditing(false)} />}
    </section>
  );
}

function BackToBoard() {
  return (
    <a
      className="icon-button view-column__back"
      href={formatRoute({ screen: "board", isWall: false })}
      aria-label={boardWords.backToBoard}
      title={boardWords.backToBoard}
    >
      <ArrowLeft size={15} aria-hidden="true" />
    </a>
  );
}

interface RowsOfProps {
  view: View;
  rows: ReturnType<typeof useRows>;
  open: string | null;
}

function RowsOf({ view, rows: { records, total, state, more, again }, open }: RowsOfProps) {
  const ids = useMemo(() => records.map(({ id }) => id), [records]);
  if (ids.length > 0) {
    const isComplete = ids.length >= total;
    const onNearEnd = isComplete ? undefined : more;
    return (
      <>
        {view.context === "customer" ? (
          <CustomerRows label={view.name} records={records} open={open} onMore={onNearEnd} />
        ) : (
          <ConversationRows
            label={view.name}
            ids={ids}
            open={open}
            showsAssignee
            isComplete={isComplete}
            onNearEnd={onNearEnd}
          />
        )}
        {ids.length >= MOST_ROWS && !isComplete && (
          <p className="view-column__most">{words.most(MOST_ROWS)}</p>
        )}
      </>
    );
  }
  if (state === "loading") return <ListSkeleton />;
  if (state === "senseless") {
    return (
      <div className="empty" role="alert">
        <p className="empty__title">{words.senselessTitle}</p>
        <p className="empty__text">{words.senselessText}</p>
      </div>
    );
  }
  if (state === "failed") {
    return (
      <div className="empty" role="alert">
        <p className="empty__title">{words.rowsFailed}</p>
        <button type="button" className="button" onClick={again}>
          {words.tryAgain}
        </button>
      </div>
    );
  }
  return (
    <div className="empty">
      <p className="empty__title">{words.emptyTitle}</p>
      <p className="empty__text">{words.emptyText}</p>
    </div>
  );
}

function NotThere({ isGone }: { isGone: boolean }) {
  return (
    <div className="empty" role="alert">
      <p className="empty__title">{isGone ? words.goneTitle : words.rowsFailed}</p>
      {isGone ? (
        <p className="empty__text">{words.goneText}</p>
      ) : (
        <button type="button" className="button" onClick={() => void loadViews()}>
          {words.tryAgain}
        </button>
      )}
    </div>
  );
}
