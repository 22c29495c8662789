import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";

import { offerFocus } from "../app/focus.ts";
import type { List, ListName } from "../desk/lists.ts";
import { loadMore } from "../desk/load.ts";
import { currentDesk, useDesk } from "../desk/store.ts";
import { openConversation } from "../navigation/navigation.ts";
import { matches } from "../picker/match.ts";
import { ConversationRow } from "./ConversationRow.tsx";
import { EmptyList } from "./EmptyList.tsx";
import { words } from "./en.ts";
import { rememberPlace } from "./position.ts";
import { neighbour } from "./walk.ts";
import "./conversation-list.css";

interface ConversationListProps {
  list: ListName;
  open: string | null;
  filter: string;
}

const ROW_REM = 3.875;
const SKELETONS = 7;

/** A list's rows: only those on screen exist, and more are fetched before the end is reached. */
export function ConversationList({ list: name, open, filter }: ConversationListProps) {
  const list = useDesk((desk) => desk.lists[name]);
  const ids = useFiltered(list, filter);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_REM * rootFontSize(),
    overscan: 8,
    getItemKey: (index) => ids[index] ?? index,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;

  useEffect(() => {
    if (list.state === "unasked" || (list.state === "ready" && !list.isComplete && last >= ids.length - 10))
      void loadMore(name);
  }, [list, name, last, ids.length]);
  const openIndex = open === null ? -1 : ids.indexOf(open);
  const scrolledTo = useRef<string | null>(null);
  useEffect(() => {
    rememberPlace(ids, openIndex);
    // Only when another one is opened: a row that a new message moved to the top must not drag the list along.
    if (openIndex < 0 || scrolledTo.current === open) return;
    scrolledTo.current = open;
    virtual.scrollToIndex(openIndex, { align: "auto" });
  }, [open, openIndex, ids, virtual]);
  useEffect(() => offerFocus("list", () => scroller.current?.focus()), []);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = neighbour(ids, open, Math.max(0, openIndex), step);
    if (next !== null) openConversation(next, open === null ? "push" : "replace");
  };

  if (list.state === "failed" && list.ids.length === 0) return <FailedList name={name} />;
  if (list.ids.length === 0 && list.state !== "ready") return <ListSkeleton />;
  if (list.ids.length === 0) return <EmptyList list={name} />;
  return (
    <div
      ref={scroller}
      className="conversation-list"
      role="listbox"
      aria-label={words.names[name]}
      aria-activedescendant={openIndex >= 0 ? rowId(open) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {ids.length === 0 && (
        <div className="conversation-list__nothing">
          <p>{words.filterNothing}</p>
          {!list.isComplete && <p className="conversation-list__hint">{words.filterNothingMore}</p>}
        </div>
      )}
      <div
        className="conversation-list__rows"
        role="presentation"
        style={{ blockSize: virtual.getTotalSize() }}
      >
        {rows.map(({ key, index, start }) => (
          <div
            key={key}
            className="conversation-list__place"
            role="presentation"
            style={{ transform: `translateY(${start}px)` }}
          >
            <ConversationRow
              id={ids[index] as string}
              list={name}
              isOpen={index === openIndex}
              place={index + 1}
              of={list.isComplete ? ids.length : -1}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function rowId(conversation: string | null): string {
  return `row-${conversation}`;
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

function rootFontSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
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
