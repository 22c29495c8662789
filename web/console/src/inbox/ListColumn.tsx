import { Search, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { words as agentWords } from "../agents/en.ts";
import { NotReceiving } from "../agents/NotReceiving.tsx";
import { myStatusWords } from "../agents/presence.ts";
import { StatusDot } from "../agents/StatusDot.tsx";
import { Avatar } from "../app/Avatar.tsx";
import { offerFocus } from "../app/focus.ts";
import { openOverlay } from "../app/overlay.ts";
import { isWithoutConversations, shownCounts } from "../desk/desk.ts";
import type { ListName } from "../desk/lists.ts";
import { useDesk } from "../desk/store.ts";
import { useSession } from "../session/session.ts";
import { ConversationList, ListSkeleton } from "./ConversationList.tsx";
import { words } from "./en.ts";
import { UnassignedParts } from "./UnassignedParts.tsx";
import "./list-column.css";

interface ListColumnProps {
  list: ListName;
  open: string | null;
  /** The desk has been read; before, nothing is asked for. */
  isReady: boolean;
}

/** One list: its name, a filter, its rows. */
export function ListColumn({ list, open, isReady }: ListColumnProps) {
  const [filter, setFilter] = useState("");
  const count = useDesk((desk) => shownCounts(desk)[list]);
  // The first screen of an organisation says itself how work begins to come.
  const isFirstScreen = useDesk(isWithoutConversations);
  return (
    <section className="list-column" aria-label={words.names[list]}>
      <header className="list-column__header">
        <h1 className="list-column__title">
          {words.names[list]}
          <span className="list-column__count" title={words.counted[list] ?? words.count(count)}>
            {count.toLocaleString()}
          </span>
        </h1>
        <button
          type="button"
          className="icon-button list-column__find"
          aria-label={words.find}
          aria-haspopup="dialog"
          onClick={() => openOverlay("commands")}
        >
          <Search size={18} aria-hidden="true" />
        </button>
        <MyStatusButton />
      </header>
      {isReady && !isFirstScreen && <NotReceiving />}
      {isReady && list === "unassigned" && <UnassignedParts part={null} />}
      <Filter key={list} value={filter} onChange={setFilter} />
      {isReady ? (
        <ConversationList key={`rows-${list}`} list={list} open={open} filter={filter} />
      ) : (
        <ListSkeleton />
      )}
    </section>
  );
}

function Filter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => offerFocus("filter", () => ref.current?.focus()), []);
  // Leaving the list leaves its filter.
  useEffect(() => () => onChange(""), [onChange]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (value === "") ref.current?.blur();
    else onChange("");
  };
  return (
    <div className="filter">
      <Search className="filter__icon" size={14} aria-hidden="true" />
      <input
        ref={ref}
        className="filter__input"
        type="search"
        aria-label={words.filter}
        placeholder={words.filter}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value === "" ? (
        <span className="key filter__key" aria-hidden="true">
          Q
        </span>
      ) : (
        <button
          type="button"
          className="icon-button"
          aria-label={words.clearFilter}
          onClick={() => onChange("")}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

/** On a phone the column with the status switch is not there: this is the way to it. */
function MyStatusButton() {
  const me = useSession((session) => session.me);
  const status = useDesk((desk) => (me === null ? undefined : desk.agents.get(me.id)?.status)) ?? "offline";
  if (me === null) return null;
  return (
    <button
      type="button"
      className="list-column__me"
      aria-haspopup="dialog"
      onClick={() => openOverlay("status")}
    >
      <Avatar id={me.id} name={me.displayName} />
      <StatusDot status={status} />
      <span className="sr-only">
        {myStatusWords(status)}. {agentWords.change}
      </span>
    </button>
  );
}
