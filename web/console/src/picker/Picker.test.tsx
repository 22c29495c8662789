import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { matches } from "./match.ts";
import { Picker } from "./Picker.tsx";

const OPTIONS = [
  { id: "1", label: "Ana Lima" },
  { id: "2", label: "José Ñandú" },
  { id: "3", label: "Ben", hint: "Busy" },
];

function open(over: Partial<Parameters<typeof Picker>[0]> = {}) {
  const onPick = vi.fn();
  const onClose = vi.fn();
  render(
    <Picker
      title="Assign to"
      placeholder="Name"
      options={OPTIONS}
      anchor={null}
      onPick={onPick}
      onClose={onClose}
      {...over}
    />,
  );
  return { onPick, onClose, field: screen.getByRole("combobox") };
}

describe("the picker", () => {
  it("finds by letters and picks with Enter", async () => {
    const { onPick, field } = open();
    await userEvent.type(field, "nan{Enter}");
    expect(onPick).toHaveBeenCalledWith(OPTIONS[1]);
  });

  it("walks with the arrows and says where it stands", async () => {
    const { onPick, field } = open();
    await userEvent.type(field, "{ArrowDown}{ArrowDown}");
    const active = screen.getByRole("option", { selected: true });
    expect(active.textContent).toContain("Ben");
    expect(field.getAttribute("aria-activedescendant")).toBe(active.id);
    await userEvent.type(field, "{Enter}");
    expect(onPick).toHaveBeenCalledWith(OPTIONS[2]);
  });

  it("says so when nothing matches", async () => {
    const { field } = open();
    await userEvent.type(field, "zzz");
    expect(screen.getByRole("status").textContent).toBe("Nothing matches");
  });

  it("offers to make what is not there", async () => {
    const onCreate = vi.fn();
    const { field } = open({ onCreate, createLabel: (text) => `Create “${text}”` });
    await userEvent.type(field, "Returns{Enter}");
    expect(onCreate).toHaveBeenCalledWith("Returns");
  });
});

describe("the sheet it lies on", () => {
  it.each([
    ["fingers, who would have a keyboard cover it", true],
    ["a mouse, whose owner types next", false],
  ])("has the focus itself for %s", (_, isCoarse) => {
    vi.stubGlobal("matchMedia", (query: string) => ({ matches: isCoarse && query === "(pointer: coarse)" }));
    open();
    expect(document.activeElement === screen.getByRole("dialog")).toBe(isCoarse);
    vi.unstubAllGlobals();
  });
});

describe("matching", () => {
  it("goes by beginnings of words, whatever the accents", () => {
    expect(matches("José Ñandú", "jo na")).toBe(true);
    expect(matches("maya.lindqvist@posteo.example", "lind")).toBe(true);
    expect(matches("Ana Lima", "lima ana")).toBe(true);
    expect(matches("Ana Lima", "ben")).toBe(false);
    expect(matches("Ana Lima", "")).toBe(true);
  });
});
