import { useState } from "react";
import { hasMovedOn } from "../../api/errors.ts";
import { forgetUnsaved } from "../../navigation/leaving.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { words } from "./en.ts";

/** Saves, says so and goes back to the list; or says why not, and everything stays as it was typed. `hasMoved`: somebody
 * else was faster. */
export function useSaving(tab: string, problemOf: (error: unknown) => string) {
  const [isBusy, setBusy] = useState(false);
  const [hasMoved, setMoved] = useState(false);
  const save = async (action: () => Promise<void>, said: string) => {
    setBusy(true);
    try {
      await action();
      forgetUnsaved();
      showToast(said);
      goToSettings("routing", tab);
    } catch (error) {
      setBusy(false);
      if (hasMovedOn(error)) setMoved(true);
      else showToast(words.failed(problemOf(error)), { tone: "problem" });
    }
  };
  return { isBusy, hasMoved, save };
}
