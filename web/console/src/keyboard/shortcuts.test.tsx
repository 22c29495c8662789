import { fireEvent, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { closeOverlay, useOverlay } from "../app/overlay.ts";
import { rememberPlace } from "../inbox/position.ts";
import { currentPlace, go, useNavigation } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { COMMANDS } from "./commands.ts";
import { keyLabels } from "./key-labels.ts";
import { startShortcuts } from "./shortcuts.ts";

let stop: () => void;

beforeEach(() => {
  go(HOME, "replace");
  rememberPlace(["c1", "c2", "c3"], -1);
  stop = startShortcuts();
});

afterEach(() => {
  stop();
  closeOverlay();
});

describe("shortcuts", () => {
  it("walk through the list, and go back", async () => {
    await userEvent.keyboard("j");
    expect(currentPlace().conversation).toBe("c1");
    rememberPlace(["c1", "c2", "c3"], 0);
    await userEvent.keyboard("j");
    expect(currentPlace().conversation).toBe("c2");
    await userEvent.keyboard("k");
    expect(currentPlace().conversation).toBe("c1");
    await userEvent.keyboard("u");
    expect(currentPlace().conversation).toBeNull();
  });

  it("open what they are named for", async () => {
    await userEvent.keyboard("j");
    for (const [keys, overlay] of [
      ["a", "assign"],
      ["h", "handoff"],
      ["s", "snooze"],
      ["l", "tags"],
      ["?", "help"],
      ["{Control>}k{/Control}", "commands"],
    ] as const) {
      await userEvent.keyboard(keys);
      expect(useOverlay.getState().overlay, keys).toBe(overlay);
      closeOverlay();
    }
  });

  it("need an open conversation where they act on one", async () => {
    await userEvent.keyboard("a");
    expect(useOverlay.getState().overlay).toBeNull();
  });

  it("are letters while one writes, but for those with a modifier", async () => {
    const { getByRole } = render(<textarea aria-label="Reply" />);
    await userEvent.type(getByRole("textbox"), "jaw?");
    expect(getByRole("textbox")).toHaveProperty("value", "jaw?");
    expect(currentPlace().conversation).toBeNull();
    await userEvent.type(getByRole("textbox"), "{Control>}k{/Control}");
    expect(useOverlay.getState().overlay).toBe("commands");
  });

  it("leave Enter to the button that has the focus", async () => {
    const { getByRole } = render(<button type="button">Go</button>);
    getByRole("button").focus();
    await userEvent.keyboard("{Enter}");
    expect(currentPlace().conversation).toBeNull();
  });

  it("act once while a key is held down, and walk on", () => {
    const hold = (key: string) => {
      fireEvent.keyDown(document.body, { key });
      fireEvent.keyDown(document.body, { key, repeat: true });
    };
    hold("j");
    expect(currentPlace().conversation).toBe("c2");
    hold("i");
    expect(useNavigation.getState().route).toMatchObject({ pane: "customer" });
  });

  it("do nothing while something lies above the screen", async () => {
    render(<dialog open>Something</dialog>);
    await userEvent.keyboard("j");
    expect(currentPlace().conversation).toBeNull();
  });
});

describe("the table of commands", () => {
  it("gives no key two meanings", () => {
    const keys = COMMANDS.flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("writes keys as they are on the keyboard", () => {
    expect(keyLabels("mod+shift+Enter")).toEqual(["Ctrl", "Shift", "Enter"]);
    expect(keyLabels("j")).toEqual(["J"]);
    expect(keyLabels("/")).toEqual(["/"]);
  });
});
