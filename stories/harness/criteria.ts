import type { Locator, Page } from "playwright-core";

/** Adds a condition, and picks what it asks for by a few letters of it. */
export async function asksFor(scope: Page | Locator, what: string): Promise<void> {
  await scope.getByRole("button", { name: "Add a condition" }).click();
  const picker = scope.getByRole("dialog", { name: "What" });
  const field = picker.getByRole("combobox");
  await field.fill(what);
  // What the organisation defined comes a moment after the rest.
  await picker.getByRole("option").first().waitFor();
  await field.press("Enter");
}
