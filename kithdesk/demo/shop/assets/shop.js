/** The shop's own script: the basket, signing in, and the buttons that open the chat. */

import { addToBasket, drawBasket, drawCount, order } from "./basket.js";
import { openChat, tellChat } from "./chat.js";
import { signIn, signOut } from "./people.js";
import { toast } from "./toast.js";

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const pressed = target?.closest("[data-open-chat], [data-sign-in], [data-sign-out], [data-checkout]");
  if (!(pressed instanceof HTMLElement)) return;
  const { openChat: draft, signIn: shopper, signOut: leaving } = pressed.dataset;
  if (draft !== undefined) void openChat(draft);
  else if (shopper !== undefined) void signIn(shopper, pressed);
  else if (leaving !== undefined) void signOut(pressed);
  else void order(pressed);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.addToBasket === undefined) return;
  event.preventDefault();
  const chosen = new FormData(form);
  addToBasket(form.dataset.addToBasket, String(chosen.get("size") ?? ""), Number(chosen.get("quantity")));
  toast(`${form.dataset.name} is in your basket`);
});

addEventListener("storage", () => {
  drawCount();
  drawBasket();
});
addEventListener("pageshow", () => {
  drawCount();
  drawBasket();
});

tellChat(document.documentElement.dataset.shopper).catch(() => {
  // The shop goes on without; the next page tries again.
});
