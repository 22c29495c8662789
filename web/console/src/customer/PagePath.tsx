import { dayTime, exactTime, relativeTime } from "@kithdesk/ui";

import { useNow } from "../app/now.ts";
import type { PageView, VisitContext } from "../desk/types.ts";
import { PageLink } from "../timeline/PagesRow.tsx";
import { pathOf as addressOf } from "../timeline/page-titles.ts";
import { onceEach } from "../timeline/paths.ts";
import { words } from "./en.ts";
import { Section } from "./Section.tsx";

const SHOWN = 5;
const NOW_MEANS_MS = 5 * 60_000;

/** The page the visitor is on, and how they got there, newest first. */
export function PagePath({ context, seenAt }: { context: VisitContext; seenAt: string | null }) {
  const now = useNow();
  const newest = context.currentPage ?? context.pages.at(-1) ?? null;
  if (newest === null) return null;
  // The same pages as on the timeline.
  const [current = newest, ...earlier] = [...onceEach(pathOf(context, newest))].reverse();
  const path = [current, ...earlier];
  // Where they are is no matter of minutes: only where they were has an age.
  const lastSign = seenAt !== null && seenAt > newest.at ? seenAt : newest.at;
  const isNow = Date.parse(now) - Date.parse(lastSign) < NOW_MEANS_MS;
  return (
    <Section
      title={isNow ? words.now : words.lastPage}
      aside={
        !isNow && (
          <time className="section__aside" dateTime={current.at} title={exactTime(current.at)}>
            {relativeTime(current.at, now)}
          </time>
        )
      }
    >
      <div className={`current-page ${isNow ? "current-page--now" : ""}`}>
        <p className="current-page__title">
          <PageLink page={current} among={path} />
        </p>
        <p className="current-page__path" title={current.url}>
          {addressOf(current.url)}
        </p>
      </div>
      {earlier.length > 0 && (
        <>
          <h3 className="sr-only">{words.path}</h3>
          <Pages pages={earlier.slice(0, SHOWN)} among={path} now={now} />
          {earlier.length > SHOWN && (
            <details className="more-pages">
              <summary>{words.pathMore(earlier.length - SHOWN)}</summary>
              <Pages pages={earlier.slice(SHOWN)} among={path} now={now} />
            </details>
          )}
        </>
      )}
    </Section>
  );
}

/** Oldest first. A list's row has the newest page and not the way there. */
function pathOf({ pages }: VisitContext, newest: PageView): readonly PageView[] {
  const last = pages.at(-1);
  return last?.url === newest.url && last.at === newest.at ? pages : [...pages, newest];
}

interface PagesProps {
  pages: readonly PageView[];
  among: readonly PageView[];
  now: string;
}

/** A chat goes on for months: the way may be that of another day. */
function Pages({ pages, among, now }: PagesProps) {
  return (
    <ol className="page-path">
      {pages.map((page) => (
        <li key={`${page.at} ${page.url}`} className="page-path__page">
          <PageLink page={page} among={among} />
          <time dateTime={page.at} title={exactTime(page.at)}>
            {dayTime(page.at, now)}
          </time>
        </li>
      ))}
    </ol>
  );
}
