import { useEffect, useMemo } from "react";

import type { List, ListName } from "../desk/lists.ts";
import { loadMore } from "../desk/load.ts";
import { currentDesk, useDesk } from "../desk/store.ts";
import { useAgainWhenOnline } from "../live/use-again.ts";
import { matches } from "../picker/match.ts";
import { ConversationRows } from "./ConversationRows.tsx";
import { EmptyList } from "./EmptyList.tsx";
import { words } from "./en.ts";

interface ConversationListProps {
  list: ListName;
  open: string | null;
  filter: string;
}

const SKELETONS = 7;

/** A list's rows: more are fetched before the end is reached. */
export function ConversationList({ list: name, open, filter }: ConversationListProps) {
  const list = useDesk((desk) => desk.lists[name]);
  const ids = useFiltered(list, filter);
  useEffect(() => {
    if (list.state === "unasked") void loadMore(name);
  }, [list.state, name]);
  useAgainWhenOnline(list.state === "failed", () => void loadMore(name));
  if (list.state === "failed" && list.ids.length === 0) return <FailedList name={name} />;
  if (list.ids.length === 0 && list.state !== "ready") return <ListSkeleton />;
  if (list.ids.length === 0) return <EmptyList list={name} />;
  return (
    <>
      <ConversationRows
        label={words.names[name]}
        ids={ids}
        open={open}
        showsAssignee={name !== "mine"}
        isComplete={list.isComplete}
        // Asking while a page is on its way does nothing.
        onNearEnd={list.state === "ready" && !list.isComplete ? () => void loadMore(name) : undefined}
      >
        {ids.length === 0 && (
          <div className="conversation-list__nothing">
            <p>{words.filterNothing}</p>
            {!list.isComplete && <p className="conversation-list__hint">{words.filterNothingMore}</p>}
          </div>
        )}
      </ConversationRows>
      {list.state === "failed" && <MoreFailed name={name} />}
    </>
  );
}

/** Or the list would look as if it ended here. */
function MoreFailed({ name }: { name: ListName }) {
  return (
    <p className="conversation-list__failed" role="alert">
      {words.moreFailed}{" "}
      <button type="button" className="text-button" onClick={() => void loadMore(name)}>
        {words.tryAgain}
      </button>
    </p>
  );
}

function useFiltered(list: List, filter: string): readonly string[] {
  return useMemo(() => {
    if (filter.trim() === "") return list.ids;
    const { conversations } = currentDesk();
    return list.ids.filter((id) => {
      const conversation = conversations.get(id);
      return (
        conversation !== undefined &&
        matches(`${conversation.customerName} ${conversation.name ?? ""} ${conversation.preview}`, filter)
      );
    });
  }, [list.ids, filter]);
}

function FailedList({ name }: { name: ListName }) {
  return (
    <div className="empty" role="alert">
      <p className="empty__title">{words.failed}</p>
      <button type="button" className="button" onClick={() => void loadMore(name)}>
        {words.tryAgain}
      </button>
    </div>
  );
}

/** The shape of what comes. */
export function ListSkeleton() {
  return (
    <div className="conversation-list" role="status" aria-label={words.loading}>
      {Array.from({ length: SKELETONS }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
        <div key={row} className="row row--skeleton" aria-hidden="true">
          <span className="skeleton skeleton--name" />
          <span className="skeleton skeleton--text" />
        </div>
      ))}
    </div>
  );
}
