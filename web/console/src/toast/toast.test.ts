import { beforeEach, expect, it } from "vitest";

import { showToast, useToasts } from "./toast.ts";

const UNDO = { label: "Undo", run: () => undefined, isUndo: true };

beforeEach(() => useToasts.setState({ toasts: [] }));

function said(): string[] {
  return useToasts.getState().toasts.map(({ text }) => text);
}

it("shows the last three", () => {
  for (const text of ["One", "Two", "Three", "Four"]) showToast(text);

  expect(said()).toEqual(["Two", "Three", "Four"]);
});

it("says once what is said again, but keeps each that can be taken back", () => {
  showToast("Declined");
  showToast("Marked done", { action: UNDO });
  showToast("Marked done", { action: UNDO });
  showToast("Declined");

  expect(said()).toEqual(["Marked done", "Marked done", "Declined"]);
});
