import { focusOn } from "../app/focus.ts";
import { nextTo } from "../inbox/position.ts";
import { closeConversation, currentPlace, isAtDesk, openConversation } from "../navigation/navigation.ts";

/**
 * Work through a list: what is finished makes room for the next one, or for the list when it was the last. `act` is
 * given the way back, for whoever takes it back.
 */
export function finish(id: string, act: (comeBack: () => void) => void): void {
  const { conversation } = currentPlace();
  if (conversation !== id) {
    act(() => undefined);
    return;
  }
  const next = isPhone() ? null : (nextTo(id, 1) ?? nextTo(id, -1));
  act(() => comeBack(id, next));
  keepFocus();
  if (next === null) closeConversation();
  else openConversation(next, "replace");
}

/** To have it before one again; unless one has gone on to something else meanwhile. */
function comeBack(id: string, from: string | null): void {
  if (isAtDesk() && currentPlace().conversation === from)
    openConversation(id, from === null ? "push" : "replace");
}

/** What had the keyboard goes with its conversation: the list has it then, and not nothing at all. */
function keepFocus(): void {
  const held = document.activeElement;
  if (held?.closest(".conversation") == null) return;
  requestAnimationFrame(() => {
    if (!held.isConnected) focusOn("list");
  });
}

/** One pane at a time: there the way on leads over the list. */
function isPhone(): boolean {
  return matchMedia("(width < 50rem)").matches;
}
