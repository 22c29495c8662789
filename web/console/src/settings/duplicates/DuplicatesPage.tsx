import { exactTime, relativeTime } from "@kithdesk/ui";
import { useEffect, useRef } from "react";

import { wordsFor } from "../../api/errors.ts";
import { useNow } from "../../app/now.ts";
import { dismissDuplicate } from "../../merging/api.ts";
import { startMerge, useMerged } from "../../merging/merging.ts";
import { formatRoute } from "../../navigation/route.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, Page } from "../Page.tsx";
import { Paged } from "../Paged.tsx";
import { usePages } from "../use-pages.ts";
import { words } from "./en.ts";
import { loadPairs, PAGE_SIZE, type Pair, type Person } from "./pairs.ts";
import "./duplicates.css";

/** Records that may be one person's, for whoever cleans up. */
export function DuplicatesPage() {
  const pages = usePages(loadPairs, PAGE_SIZE);
  const { items, reload } = pages;
  useWhenMerged(reload);
  const dismiss = (pair: Pair) => {
    const place = items?.indexOf(pair) ?? 0;
    pages.drop(pair.id);
    dismissDuplicate(pair.one.id, pair.other.id).then(
      () => showToast(words.dismissed(pair.one.name, pair.other.name)),
      (error: unknown) => {
        pages.putBack(pair, place);
        showToast(words.failed(wordsFor(error)), { tone: "problem" });
      },
    );
  };
  return (
    <Page title={words.title} text={words.text}>
      <Paged pages={pages} more={words.more}>
        {(pairs) =>
          pairs.length === 0 && !pages.hasMore ? (
            <NothingYet title={words.emptyTitle} text={words.emptyText} />
          ) : (
            <ul className="entries" aria-label={words.list}>
              {pairs.map((pair) => (
                <PairRow key={pair.id} pair={pair} onDismiss={() => dismiss(pair)} />
              ))}
            </ul>
          )
        }
      </Paged>
    </Page>
  );
}

/** The pairs of who was merged, or parted, are others now. */
function useWhenMerged(reload: () => void) {
  const merged = useMerged(({ version }) => version);
  const before = useRef(merged);
  useEffect(() => {
    if (before.current === merged) return;
    before.current = merged;
    reload();
  }, [merged, reload]);
}

function PairRow({ pair, onDismiss }: { pair: Pair; onDismiss: () => void }) {
  const { one, other, reasons } = pair;
  return (
    <li className="pair">
      <div className="pair__words">
        <p className="pair__people">
          <PersonLink person={one} /> <span className="pair__and">{words.and}</span>{" "}
          <PersonLink person={other} />
        </p>
        <ul className="pair__reasons">
          {reasons.map((reason) => (
            <li key={reason} dir="auto">
              {reason}
            </li>
          ))}
        </ul>
      </div>
      <div className="pair__actions">
        <button type="button" className="button button--quiet" onClick={onDismiss}>
          {words.dismiss}
          <span className="sr-only"> {words.compareOf(one.name, other.name)}</span>
        </button>
        <button type="button" className="button" onClick={() => startMerge(one.id, other.id)}>
          {words.compare}
          <span className="sr-only"> {words.compareOf(one.name, other.name)}</span>
        </button>
      </div>
    </li>
  );
}

function PersonLink({ person: { id, name, address, lastActivityAt } }: { person: Person }) {
  const now = useNow();
  return (
    <span className="pair__person">
      <a href={formatRoute({ screen: "customer", id })}>
        <bdi>{name}</bdi>
      </a>
      <span className="pair__facts">
        {address !== null && address !== name && <bdi>{address}</bdi>}
        {lastActivityAt !== null && (
          <time dateTime={lastActivityAt} title={exactTime(lastActivityAt)}>
            {words.seen(relativeTime(lastActivityAt, now))}
          </time>
        )}
      </span>
    </span>
  );
}
