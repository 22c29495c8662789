import type { Page } from "playwright-core";

export interface Drawn {
  /** The document is longer than the window: there is a second bar at its edge. */
  readonly isLonger: boolean;
  /** The window can be moved at all, by a script or by what a focus does. */
  readonly isScrolled: boolean;
}

/** Whether the console stays where the window is; only its panes may scroll. */
export function drawnWithin(page: Page): Promise<Drawn> {
  return page.evaluate(() => {
    const { scrollHeight } = document.documentElement;
    const root = document.getElementById("root");
    scrollTo(0, 200);
    if (root !== null) root.scrollTop = 200;
    const isScrolled = scrollY !== 0 || root?.scrollTop !== 0;
    scrollTo(0, 0);
    return { isLonger: scrollHeight > innerHeight, isScrolled };
  });
}
