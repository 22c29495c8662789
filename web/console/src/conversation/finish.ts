import { nextTo } from "../inbox/position.ts";
import { closeConversation, currentPlace, openConversation } from "../navigation/navigation.ts";

/** Work through a list: what is finished makes room for the next one, or for the list when it was the last. */
export function finish(id: string, act: () => void): void {
  const { conversation } = currentPlace();
  const next = conversation === id ? (nextTo(id, 1) ?? nextTo(id, -1)) : null;
  act();
  if (conversation !== id) return;
  if (next === null || isPhone()) closeConversation();
  else openConversation(next, "replace");
}

/** One pane at a time: there the way on leads over the list. */
function isPhone(): boolean {
  return matchMedia("(width < 50rem)").matches;
}
