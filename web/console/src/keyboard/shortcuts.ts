import { useOverlay } from "../app/overlay.ts";
import { COMMANDS } from "./commands.ts";
import { isWriting, pressed } from "./keys.ts";

/** Listen for shortcuts on the whole page until the returned function is called. */
export function startShortcuts(): () => void {
  addEventListener("keydown", onKeyDown);
  return () => removeEventListener("keydown", onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isSomethingAbove()) return;
  const keys = pressed(event);
  if (keys === null) return;
  // A key with ⌘ or Ctrl writes nothing, so it works inside fields too.
  if (isWriting(event.target) && !keys.startsWith("mod+")) return;
  // Enter and Space belong to the button or link that has the focus.
  if (keys === "Enter" && isControl(event.target)) return;
  const command = COMMANDS.find((one) => one.keys.includes(keys) && one.isFieldOnly !== true);
  if (command === undefined || !command.isPossible()) return;
  event.preventDefault();
  if (!event.repeat || command.isHeldDown === true) command.run();
}

/** A dialog has its own keys; its Escape is not ours. */
function isSomethingAbove(): boolean {
  // One that is still being fetched has the keys already: they were meant for it.
  return useOverlay.getState().overlay !== null || document.querySelector("dialog[open]") !== null;
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, summary, input, label") !== null;
}
