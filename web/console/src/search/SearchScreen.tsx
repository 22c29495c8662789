import { Search as SearchIcon, X } from "lucide-react";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
} from "react";

import { goToDesk, goToSearch } from "../navigation/navigation.ts";
import { SEARCH_KINDS, type SearchKind } from "../navigation/route.ts";
import { words } from "./en.ts";
import { HitRow } from "./HitRow.tsx";
import { addressOf, openHit } from "./open-hit.ts";
import type { Hit } from "./search.ts";
import { type Search, useSearch } from "./use-search.ts";
import "./search.css";

interface SearchScreenProps {
  query: string;
  kind: SearchKind;
}

const PAGE_SIZE = 20;

/** Everything that was ever said or kept, by any words of it. The address has the words: back comes to the results. */
export function SearchScreen({ query, kind }: SearchScreenProps) {
  const search = useSearch(query, kind, PAGE_SIZE);
  const results = useRef<HTMLOListElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows walk between field and results
    <div className="search" onKeyDown={(event) => walk(event, results.current)}>
      <h1 className="sr-only">{words.title}</h1>
      <Field query={query} kind={kind} />
      <KindChoice query={query} kind={kind} />
      <p className="search__said" role="status">
        {saidOf(search)}
      </p>
      <div className={`search__results ${search.state === "searching" ? "search__results--old" : ""}`}>
        <Results search={search} kind={kind} list={results} />
      </div>
    </div>
  );
}

function saidOf({ state, isSlow, total, isCapped }: Search): ReactNode {
  if (state === "searching") return isSlow ? words.slow : <span className="sr-only">{words.searching}</span>;
  return state === "ready" && total > 0 ? words.total(total, isCapped) : null;
}

interface ResultsProps {
  search: Search;
  kind: SearchKind;
  list: RefObject<HTMLOListElement | null>;
}

function Results({ search, kind, list }: ResultsProps) {
  const { state, hits, total } = search;
  if (state === "failed") return <Failed problem={search.problem ?? ""} onRetry={search.again} />;
  if (state === "idle") return <Empty title={words.startTitle} text={words.startText} />;
  if (hits.length === 0)
    return state === "ready" ? <Nothing query={search.query} kind={kind} /> : <Skeleton />;
  return (
    <>
      <ol className="search__hits" ref={list} aria-label={words.results}>
        {hits.map((hit) => (
          <li key={`${hit.kind} ${hit.id}`}>
            <HitLink hit={hit} />
          </li>
        ))}
      </ol>
      {hits.length < total && (
        <button type="button" className="button search__more" onClick={search.more}>
          {words.more}
        </button>
      )}
    </>
  );
}

/** Typing is answered at once; the address follows. */
function Field({ query, kind }: SearchScreenProps) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // With a keyboard in the hand, that is; on glass it would cover the results that one came back to.
    if (!matchMedia("(pointer: coarse)").matches || ref.current?.value === "") ref.current?.focus();
    ref.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (query === "") goToDesk();
    else goToSearch("", kind, "replace");
  };
  return (
    <div className="search__field">
      <SearchIcon className="search__icon" size={18} aria-hidden="true" />
      <input
        ref={ref}
        className="search__input"
        type="search"
        aria-label={words.title}
        placeholder={words.placeholder}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={255}
        value={query}
        onChange={(event) => goToSearch(event.target.value, kind, "replace")}
        onKeyDown={onKeyDown}
      />
      {query !== "" && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.clear}
          onClick={() => {
            goToSearch("", kind, "replace");
            ref.current?.focus();
          }}
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

function KindChoice({ query, kind }: SearchScreenProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border
    <div className="search__kinds" role="group" aria-label={words.kindsLabel}>
      {SEARCH_KINDS.map((one) => (
        <button
          key={one}
          type="button"
          className="search__kind"
          aria-pressed={one === kind}
          onClick={() => goToSearch(query, one, "replace")}
        >
          {words.kinds[one]}
        </button>
      ))}
    </div>
  );
}

/** A link where the address is known, so that it opens in another tab too. */
function HitLink({ hit }: { hit: Hit }) {
  const href = addressOf(hit);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void openHit(hit);
  };
  if (href === null) {
    return (
      <button type="button" className="hit" onClick={open}>
        <HitRow hit={hit} />
      </button>
    );
  }
  return (
    <a className="hit" href={href} onClick={open}>
      <HitRow hit={hit} />
    </a>
  );
}

function walk(event: KeyboardEvent<HTMLElement>, list: HTMLElement | null): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || list === null) return;
  const hits = [...list.querySelectorAll<HTMLElement>(".hit")];
  const place = hits.indexOf(event.target as HTMLElement);
  const isField = event.target instanceof HTMLInputElement;
  if (place < 0 && !isField) return;
  event.preventDefault();
  const next = isField ? hits[step === 1 ? 0 : -1] : hits[place + step];
  if (next !== undefined) next.focus();
  else if (step === -1) event.currentTarget.querySelector<HTMLElement>(".search__input")?.focus();
}

function Nothing({ query, kind }: SearchScreenProps) {
  return (
    <Empty title={words.nothingTitle(query)} text={words.nothingText}>
      {kind !== "all" && (
        <button type="button" className="button" onClick={() => goToSearch(query, "all", "replace")}>
          {words.nothingElsewhere}
        </button>
      )}
    </Empty>
  );
}

function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty__title" dir="auto">
        {title}
      </p>
      <p className="empty__text">{text}</p>
      {children}
    </div>
  );
}

function Failed({ problem, onRetry }: { problem: string; onRetry: () => void }) {
  return (
    <div className="empty" role="alert">
      <p className="empty__title">{words.failedTitle}</p>
      <p className="empty__text">{problem}</p>
      <button type="button" className="button" onClick={onRetry}>
        {words.tryAgain}
      </button>
    </div>
  );
}

const SKELETONS = 5;

function Skeleton() {
  return (
    <div className="search__skeleton" aria-hidden="true">
      {Array.from({ length: SKELETONS }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
        <div key={row} className="hit">
          <span className="skeleton skeleton--name hit__title" />
          <span className="skeleton skeleton--text hit__snippet" />
        </div>
      ))}
    </div>
  );
}
