import type { Locator, Page } from "playwright-core";

/** Adds a condition, and picks what it asks for by a few letters of it. */
export async function asksFor(scope: Page | Locator, what: string): Promise<void> {
  await scope.getByRole("button", { name: "Add a condition" }).click();
  const field = scope.getByRole("combobox", { name: "What" });
  await field.fill(what);
  // What the organisation defined comes a moment after the rest.
  await scope.getByRole("option").first().waitFor();
  await field.press("Enter");
}
