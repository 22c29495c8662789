import { useState } from "react";

import { forgetUnsaved } from "../../navigation/leaving.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { words } from "./en.ts";

/** Saves, says so and goes back to the list; or says why not, and everything stays as it was typed. */
export function useSaving(tab: string, problemOf: (error: unknown) => string) {
  const [isBusy, setBusy] = useState(false);
  const save = async (action: () => Promise<void>, said: string) => {
    setBusy(true);
    try {
      await action();
      forgetUnsaved();
      showToast(said);
      goToSettings("routing", tab);
    } catch (error) {
      setBusy(false);
      showToast(words.failed(problemOf(error)), { tone: "problem" });
    }
  };
  return { isBusy, save };
}
