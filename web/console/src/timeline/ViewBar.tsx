import { CalendarDays, X } from "lucide-react";
import { useEffect, useRef } from "react";

import { words } from "./en.ts";
import { FindField } from "./FindField.tsx";
import type { Finding } from "./find.ts";
import { FILTERS, type Filter, type View } from "./view.ts";
import "./view-bar.css";

interface ViewBarProps {
  view: View;
  finding: Finding;
  day: string;
  onView: (view: View) => void;
  onDay: (day: string) => void;
  /** Null where it stays: nothing asks for the focus then. */
  onClose: (() => void) | null;
  /** Everything of the customer that has these words, in a list. */
  onList: (query: string) => void;
}

/** What of the timeline to see: of what kind, which words to find, around which day. */
export function ViewBar({ view, finding, day, onView, onDay, onClose, onList }: ViewBarProps) {
  const ref = useRef<HTMLInputElement>(null);
  const wasAskedFor = onClose !== null;
  const leave = onClose ?? (() => onView({ ...view, query: "" }));
  useEffect(() => {
    if (wasAskedFor) ref.current?.focus();
  }, [wasAskedFor]);
  return (
    // Escape closes it wherever in it the focus is; where it stays, it ends finding.
    <search
      className={onClose === null ? "view-bar view-bar--stays" : "view-bar"}
      aria-label={words.view}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || (onClose === null && view.query === "")) return;
        event.preventDefault();
        event.stopPropagation();
        leave();
      }}
    >
      <FindField
        field={ref}
        query={view.query}
        finding={finding}
        onQuery={(query) => onView({ ...view, query })}
        onList={onList}
      />
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
