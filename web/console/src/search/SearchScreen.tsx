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
import { type Search as Route, SEARCH_KINDS, type SearchKind } from "../navigation/route.ts";
import { words } from "./en.ts";
import { HitRow } from "./HitRow.tsx";
import { addressOf, openHit } from "./open-hit.ts";
import type { Hit } from "./search.ts";
import { type Search, useSearch } from "./use-search.ts";
import { useNameOf, Whose } from "./Whose.tsx";
import "./search.css";

type SearchScreenProps = Pick<Route, "query" | "kind" | "customer">;

const PAGE_SIZE = 20;

/** Everything that was ever said or kept, by any words of it. The address has the words: back comes to the results. */
export function SearchScreen(asked: SearchScreenProps) {
  const { customer } = asked;
  const search = useSearch(asked, PAGE_SIZE);
  const name = useNameOf(customer);
  const results = useRef<HTMLOListElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows walk between field and results
    <div className="search" onKeyDown={(event) => walk(event, results.current)}>
      <h1 className="sr-only">{words.title}</h1>
      <Field {...asked} />
      {customer !== null && <Whose {...asked} name={name} />}
      <KindChoice {...asked} />
      <p className="search__said" role="status">
        {saidOf(search)}
      </p>
      <div className={`search__results ${search.state === "searching" ? "search__results--old" : ""}`}>
        <Results search={search} asked={asked} name={name} list={results} />
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
  asked: SearchScreenProps;
  /** The customer's, as soon as it is known. */
  name: string | null;
  list: RefObject<HTMLOListElement | null>;
}

function Results({ search, asked, name, list }: ResultsProps) {
  const { state, hits, total } = search;
  if (state === "failed") return <Failed search={search} asked={asked} />;
  if (state === "idle") return <Start name={name} />;
  if (hits.length === 0)
    return state === "ready" ? <Nothing {...asked} query={search.query} /> : <Skeleton />;
  return (
    <>
      <ol className="search__hits" ref={list} aria-label={words.results}>
        {hits.map((hit) => (
          <li key={`${hit.kind} ${hit.id}`}>
            <HitLink hit={hit} of={asked.customer} />
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
function Field({ query, kind, customer }: SearchScreenProps) {
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
    else goToSearch("", { kind, customer }, "replace");
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
        onChange={(event) => goToSearch(event.target.value, { kind, customer }, "replace")}
        onKeyDown={onKeyDown}
      />
      {query !== "" && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.clear}
          onClick={() => {
            goToSearch("", { kind, customer }, "replace");
            ref.current?.focus();
          }}
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

/** What can be one customer's. */
const THEIRS: readonly SearchKind[] = ["all", "conversation", "message", "note", "kobject"];

function KindChoice({ query, kind, customer }: SearchScreenProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border
    <div className="search__kinds" role="group" aria-label={words.kindsLabel}>
      {(customer === null ? SEARCH_KINDS : THEIRS).map((one) => (
        <button
          key={one}
          type="button"
          className="search__kind"
          aria-pressed={one === kind}
          onClick={() => goToSearch(query, { kind: one, customer }, "replace")}
        >
          {words.kinds[one]}
        </button>
      ))}
    </div>
  );
}

/** A link where the address is known, so that it opens in another tab too. */
function HitLink({ hit, of }: { hit: Hit; of: string | null }) {
  const href = addressOf(hit);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void openHit(hit);
  };
  if (href === null) {
    return (
      <button type="button" className="hit" onClick={open}>
        <HitRow hit={hit} of={of} />
      </button>
    );
  }
  return (
    <a className="hit" href={href} onClick={open}>
      <HitRow hit={hit} of={of} />
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

function Start({ name }: { name: string | null }) {
  if (name === null) return <Empty title={words.startTitle} text={words.startText} />;
  return <Empty title={words.startWithTitle(name)} text={words.startWithText} />;
}

function Nothing({ query, kind, customer }: SearchScreenProps) {
  return (
    <Empty title={words.nothingTitle(query)} text={words.nothingText}>
      {kind !== "all" && (
        <button type="button" className="button" onClick={() => goToSearch(query, { customer }, "replace")}>
          {words.nothingElsewhere}
        </button>
      )}
      {kind === "all" && customer !== null && (
        <button type="button" className="button" onClick={() => goToSearch(query, {}, "replace")}>
          {words.everybody}
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

function Failed({ search, asked }: Pick<ResultsProps, "search" | "asked">) {
  const { query, kind, customer } = asked;
  return (
    <div className="empty" role="alert">
      <p className="empty__title">{words.failedTitle}</p>
      <p className="empty__text">{search.problem}</p>
      <button type="button" className="button" onClick={search.again}>
        {words.tryAgain}
      </button>
      {customer !== null && (
        <button type="button" className="button" onClick={() => goToSearch(query, { kind }, "replace")}>
          {words.everybody}
        </button>
      )}
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
