import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { matches } from "./match.ts";
import { Picker } from "./Picker.tsx";
import { Sheet } from "./Sheet.tsx";

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

  it("takes words along, from a field in which the same keys pick", async () => {
    const note = { label: "Why", value: "", onChange: vi.fn() };
    const { onPick, field } = open({ note });
    await userEvent.type(field, "ben");
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Why" }));
    await userEvent.keyboard("x{Enter}");
    expect(note.onChange).toHaveBeenCalledWith("x");
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

describe("a picker that searches elsewhere too", () => {
  const found = [
    { id: "h1", label: "Maya Lindqvist", group: "Customers" },
    { id: "h2", label: "Maya writes", group: "Messages" },
  ];

  it("offers what was found after its own, by groups, whatever was typed", async () => {
    const { onPick, field } = open({ found });
    await userEvent.type(field, "ana{ArrowDown}{ArrowDown}{Enter}");
    expect(onPick).toHaveBeenCalledWith(found[1]);
    expect(screen.getAllByRole("group").map((group) => group.getAttribute("aria-label"))).toEqual([
      "Customers",
      "Messages",
    ]);
  });

  it("tells what is typed, and does not say that nothing matches while it searches", async () => {
    const onQuery = vi.fn();
    const { field } = open({ onQuery, isSearching: true });
    await userEvent.type(field, "zz");
    expect(onQuery).toHaveBeenLastCalledWith("zz");
    expect(screen.getByRole("status").textContent).toBe("Searching…");
  });
});

describe("the sheet it lies on", () => {
  it("stays when the picker on it is closed", () => {
    const closed = { below: vi.fn(), above: vi.fn() };
    render(
      <Sheet title="Below" anchor={null} onClose={closed.below}>
        <Picker
          title="Above"
          placeholder=""
          options={OPTIONS}
          anchor={null}
          onPick={vi.fn()}
          onClose={closed.above}
        />
      </Sheet>,
    );

    fireEvent(screen.getByRole("dialog", { name: "Above" }), new Event("cancel", { cancelable: true }));

    expect(closed.above).toHaveBeenCalledOnce();
    expect(closed.below).not.toHaveBeenCalled();
  });

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
