import type { Locator } from "playwright-core";

/** How long a person would wait before calling it broken; a busy machine with two cores needs some of it. */
export const WITHIN_MS = 20_000;

export async function visible(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: "visible" });
}

export async function gone(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: "hidden" });
}

export function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const root = element.getRootNode() as Document | ShadowRoot;
    return document.hasFocus() && root.activeElement === element;
  });
}
