import { clockTime, exactTime, safeHref } from "@kithdesk/ui";
import { ChevronRight, FileSearch } from "lucide-react";

import type { PageView } from "../desk/types.ts";
import { words } from "./en.ts";
import { shortTitleOf, titleOf } from "./page-titles.ts";

interface PagesRowProps {
  pages: readonly PageView[];
  /** What they are found by. */
  ids: readonly string[];
  /** All that are drawn. */
  among: readonly PageView[];
}

/** Pages looked at between two messages, folded into one quiet line. */
export function PagesRow({ pages, ids, among }: PagesRowProps) {
  const last = pages.at(-1);
  if (last === undefined) return null;
  return (
    <li className="line line--pages" data-entry={ids.join(" ")}>
      <details className="pages">
        <summary className="pages__summary">
          <FileSearch size={13} aria-hidden="true" />
          <span>{words.lookedAt(pages.length)}</span>
          <span className="pages__last" dir="auto">
            {shortTitleOf(last, among)}
          </span>
          <ChevronRight className="pages__arrow" size={12} aria-hidden="true" />
        </summary>
        <ol className="pages__list">
          {pages.map((page) => (
            <li key={`${page.at} ${page.url}`} className="pages__page">
              <time dateTime={page.at} title={exactTime(page.at)}>
                {clockTime(page.at)}
              </time>
              <PageLink page={page} among={among} />
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}

interface PageLinkProps {
  page: PageView;
  /** The pages it stands with: what all their titles share is left out. */
  among?: readonly PageView[];
}

/** The address comes from the visitor's browser: it is a link only when it is one of the web. */
export function PageLink({ page, among = [] }: PageLinkProps) {
  const href = safeHref(page.url);
  const title = shortTitleOf(page, among);
  if (href === null) return <span dir="auto">{title}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      title={`${titleOf(page)}\n${page.url}`}
      dir="auto"
    >
      {title}
    </a>
  );
}
