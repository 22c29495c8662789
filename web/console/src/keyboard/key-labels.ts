import { isApple, modifierLabel } from "./keys.ts";

const NAMES: Readonly<Record<string, string>> = {
  Escape: "Esc",
  Enter: "Enter",
  PageUp: "Page up",
  PageDown: "Page down",
};

/** `mod+shift+Enter` as the caps of a keyboard: ⌘, ⇧, Enter. */
export function keyLabels(keys: string): string[] {
  if (keys === "+") return [keys];
  return keys.split("+").map((key) => {
    if (key === "mod") return modifierLabel();
    if (key === "shift") return isApple() ? "⇧" : "Shift";
    return NAMES[key] ?? key.toUpperCase();
  });
}
