import { ChevronDown, ChevronUp, List, Search } from "lucide-react";
import type { ReactNode, RefObject } from "react";

import { goToSearch } from "../navigation/navigation.ts";
import { words } from "./en.ts";
import type { Finding } from "./find.ts";

interface FindFieldProps {
  field: RefObject<HTMLInputElement | null>;
  query: string;
  finding: Finding;
  onQuery: (query: string) => void;
  /** All that was found, in a list of its own. */
  onList: (query: string) => void;
}

/** Words to find: how often they are there, and from one place to the next. Enter goes on, with Shift back again. */
export function FindField({ field, query, finding, onQuery, onList }: FindFieldProps) {
  const wanted = query.trim();
  const hasNone = finding.state === "ready" && finding.total === 0;
  return (
    <>
      <label className="view-bar__search">
        <Search size={14} aria-hidden="true" />
        <span className="sr-only">{words.search}</span>
        <input
          ref={field}
          type="search"
          placeholder={words.search}
          value={query}
          autoComplete="off"
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={(event) => {
            // Of an input method, Enter takes a word.
            if (event.key !== "Enter" || wanted === "" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            if (event.shiftKey) finding.newer();
            else finding.older();
          }}
        />
      </label>
      <span className="view-bar__found" role="status">
        {wordsOf(finding)}
      </span>
      {wanted !== "" && (
        <span className="view-bar__steps">
          <Step label={words.olderFound} onClick={finding.older} isOff={finding.total === 0}>
            <ChevronUp size={16} aria-hidden="true" />
          </Step>
          <Step label={words.newerFound} onClick={finding.newer} isOff={finding.total === 0}>
            <ChevronDown size={16} aria-hidden="true" />
          </Step>
          <Step label={words.searchAll} hint={words.searchAllHint} onClick={() => onList(wanted)}>
            <List size={15} aria-hidden="true" />
          </Step>
        </span>
      )}
      {finding.state === "failed" && (
        <p className="view-bar__more" role="alert">
          {words.findFailed}{" "}
          <button type="button" className="text-button" onClick={finding.again}>
            {words.tryAgain}
          </button>
        </p>
      )}
      {hasNone && (
        <p className="view-bar__more">
          {nothingIn(finding)}{" "}
          <button type="button" className="text-button" onClick={() => goToSearch(wanted)}>
            {words.searchEverywhere}
          </button>
        </p>
      )}
    </>
  );
}

/** Also while the rest is looked for: what is loaded was found at once. */
function wordsOf({ state, total, isCapped, number }: Finding): string {
  if (state === "idle") return "";
  if (total === 0) return state === "looking" ? words.looking : words.found(0, false);
  return number > 0 ? words.foundAt(number, total, isCapped) : words.found(total, isCapped);
}

function nothingIn({ isOfLoaded, isCapped }: Finding): string {
  if (isOfLoaded) return words.nothingLoaded;
  return isCapped ? words.nothingNewest : words.nothingAtAll;
}

interface StepProps {
  label: string;
  hint?: string;
  /** It stays where it is, with the focus. */
  isOff?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Step({ label, hint = label, isOff = false, onClick, children }: StepProps) {
  return (
    <button
      type="button"
      className="icon-button icon-button--small"
      aria-label={label}
      aria-disabled={isOff}
      title={hint}
      onClick={isOff ? undefined : onClick}
    >
      {children}
    </button>
  );
}
