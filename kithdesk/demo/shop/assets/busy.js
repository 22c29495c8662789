/** One press at a time, and a word when it did not work. */

import { toast } from "./toast.js";

/**
 * @param {HTMLElement} pressed
 * @param {() => Promise<void>} action
 */
export async function busy(pressed, action) {
  if (pressed.ariaBusy) return;
  pressed.ariaBusy = "true";
  try {
    await action();
  } catch {
    toast("That did not work. Please try again.");
  } finally {
    pressed.ariaBusy = null;
  }
}
