import type { Locator } from "playwright-core";
import { expect } from "vitest";

/** Several times as long as a client that lost its server waits before it tries again, which is up to ten seconds. */
export const WITHIN_MS = 40_000;

export async function visible(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: "visible" });
}

export async function gone(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: "hidden" });
}

/** An image that is there with all its pixels. Decoding is tried again: it fails while another source takes over. */
export async function drawn(image: Locator): Promise<void> {
  await visible(image);
  const isDrawn = (element: Element) =>
    (element as HTMLImageElement).decode().then(
      () => true,
      () => false,
    );
  await expect.poll(() => image.evaluate(isDrawn)).toBe(true);
}

export function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const root = element.getRootNode() as Document | ShadowRoot;
    return document.hasFocus() && root.activeElement === element;
  });
}

/**
 * Does something until something shows, for signs that are kept nowhere, as of typing: one that meets a node on its way
 * out is lost, and the next one shows.
 */
export async function until(sign: Locator, gesture: () => Promise<void>): Promise<void> {
  const shows = async () => {
    await gesture();
    return sign.first().isVisible();
  };
  await expect.poll(shows, { interval: 500 }).toBe(true);
}
