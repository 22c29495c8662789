/** Signing in and out of the shop, and with it of the chat. */

import { busy } from "./busy.js";
import { forgetMe, introduce } from "./chat.js";

/**
 * @param {string} shopper
 * @param {HTMLElement} pressed
 */
export async function signIn(shopper, pressed) {
  await busy(pressed, async () => {
    if (document.documentElement.dataset.shopper) await forgetMe();
    await introduce(shopper);
    location.assign("/shop/account");
  });
}

/** @param {HTMLElement} pressed */
export async function signOut(pressed) {
  await busy(pressed, async () => {
    await forgetMe();
    const response = await fetch("/shop/api/sign-out", { method: "POST" });
    if (!response.ok) throw new Error(`The shop did not sign out: ${response.status}`);
    location.assign("/shop/account");
  });
}
