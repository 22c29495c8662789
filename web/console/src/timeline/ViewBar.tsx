import { CalendarDays, Search, X } from "lucide-react";
import { useEffect, useRef } from "react";

import { words } from "./en.ts";
import { FILTERS, type Filter, type View } from "./view.ts";
import "./view-bar.css";

interface ViewBarProps {
  view: View;
  /** How many entries are shown; null while nothing is searched for. */
  found: number | null;
  day: string;
  onView: (view: View) => void;
  onDay: (day: string) => void;
  /** Null where it stays: nothing asks for the focus then. */
  onClose: (() => void) | null;
  /** Everything of the customer that has these words, loaded here or not. */
  onSearch: (query: string) => void;
}

/** What of the timeline to see: of what kind, with which words, around which day. */
export function ViewBar({ view, found, day, onView, onDay, onClose, onSearch }: ViewBarProps) {
  const ref = useRef<HTMLInputElement>(null);
  const query = view.query.trim();
  const wasAskedFor = onClose !== null;
  useEffect(() => {
    if (wasAskedFor) ref.current?.focus();
  }, [wasAskedFor]);
  return (
    // Escape closes it wherever in it the focus is.
    <search
      className={onClose === null ? "view-bar view-bar--stays" : "view-bar"}
      aria-label={words.view}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || onClose === null) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <label className="view-bar__search">
        <Search size={14} aria-hidden="true" />
        <span className="sr-only">{words.search}</span>
        <input
          ref={ref}
          type="search"
          placeholder={words.search}
          value={view.query}
          autoComplete="off"
          onChange={(event) => onView({ ...view, query: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && query !== "") onSearch(query);
          }}
        />
        <span className="view-bar__found" role="status">
          {found !== null && words.found(found)}
        </span>
      </label>
      {query !== "" && (
        <button
          type="button"
          className="text-button view-bar__all"
          title={words.searchAllHint}
          onClick={() => onSearch(query)}
        >
          {words.searchAll}
        </button>
      )}
      <label className="view-bar__choice">
        <span className="sr-only">{words.filter}</span>
        <select
          value={view.filter}
          onChange={(event) => onView({ ...view, filter: event.target.value as Filter })}
        >
          {FILTERS.map((filter) => (
            <option key={filter} value={filter}>
              {words.filters[filter]}
            </option>
          ))}
        </select>
      </label>
      <label className="view-bar__choice view-bar__day">
        <CalendarDays size={14} aria-hidden="true" />
        <span className="sr-only">{words.jumpTo}</span>
        <input
          type="date"
          title={words.jumpTo}
          value={day}
          max={today()}
          onChange={(event) => onDay(event.target.value)}
        />
      </label>
      {onClose !== null && (
        <button
          type="button"
          className="icon-button icon-button--small view-bar__close"
          aria-label={words.closeView}
          title={words.closeView}
          onClick={onClose}
        >
          <X size={15} aria-hidden="true" />
        </button>
      )}
    </search>
  );
}

function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
