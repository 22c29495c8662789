import type { ReactNode } from "react";

import { words } from "./en.ts";
import { WhenLoaded } from "./Page.tsx";
import type { usePages } from "./use-pages.ts";

interface PagedProps<Item extends { readonly id: string }> {
  pages: ReturnType<typeof usePages<Item>>;
  /** What the button says that asks for the next. */
  more: string;
  children: (items: readonly Item[]) => ReactNode;
}

/** A long list as far as it is loaded, and under it the way to the rest. */
export function Paged<Item extends { readonly id: string }>({ pages, more, children }: PagedProps<Item>) {
  const { items, problem } = pages;
  if (items === null) {
    const loaded =
      problem === null ? ({ state: "loading" } as const) : ({ state: "failed", problem } as const);
    return (
      <WhenLoaded loaded={loaded} onRetry={pages.again}>
        {() => null}
      </WhenLoaded>
    );
  }
  return (
    <>
      {children(items)}
      {problem !== null && (
        <p className="field__problem" role="alert">
          {words.loadFailed} {problem}{" "}
          <button type="button" className="text-button" onClick={pages.again}>
            {words.tryAgain}
          </button>
        </p>
      )}
      {problem === null && pages.hasMore && (
        <button type="button" className="button more-pages" disabled={pages.isBusy} onClick={pages.more}>
          {more}
        </button>
      )}
    </>
  );
}
