import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

import { offerFocus } from "../app/focus.ts";
import { openConversation } from "../navigation/navigation.ts";
import { ConversationRow } from "./ConversationRow.tsx";
import { rememberPlace } from "./position.ts";
import { neighbour } from "./walk.ts";
import "./conversation-list.css";

interface ConversationRowsProps {
  label: string;
  ids: readonly string[];
  open: string | null;
  showsAssignee: boolean;
  /** These are all there are. */
  isComplete: boolean;
  /** Where more can be had. */
  onNearEnd: (() => void) | undefined;
  /** Said where there are none. */
  children?: ReactNode;
}

const ROW_REM = 3.875;
const NEAR = 10;

/** Conversations one below the other: only the rows on screen exist. */
export function ConversationRows({
  label,
  ids,
  open,
  showsAssignee,
  isComplete,
  onNearEnd,
  children,
}: ConversationRowsProps) {
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
    if (last >= ids.length - NEAR) onNearEnd?.();
  }, [last, ids.length, onNearEnd]);
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
  // A list to choose from has something to choose.
  if (ids.length === 0) {
    return (
      <div className="conversation-list" role="status">
        {children}
      </div>
    );
  }
  return (
    <div
      ref={scroller}
      className="conversation-list"
      role="listbox"
      aria-label={label}
      aria-activedescendant={openIndex >= 0 ? `row-${open}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
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
              showsAssignee={showsAssignee}
              isOpen={index === openIndex}
              place={index + 1}
              of={isComplete ? ids.length : -1}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function rootFontSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
