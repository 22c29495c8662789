import { isWriting, pressed } from "../keyboard/keys.ts";
import { accept, decline, firstOffer, useOffers } from "./offers.ts";

/** Whoever is just opening something with Enter has not accepted what came up in that moment. */
const TOO_SOON_MS = 700;

/**
 * Enter takes what is offered and X declines it, before any other meaning that they have; never while one writes or has
 * a dialog open. Escape does nothing: it is pressed too easily.
 */
export function startOfferKeys(): () => void {
  let shownAt = 0;
  const focus = followFocus();
  const stop = useOffers.subscribe((now, before) => {
    if (now.offers.length > before.offers.length) shownAt = Date.now();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const offer = firstOffer();
    const keys = pressed(event);
    if (offer === null || (keys !== "Enter" && keys !== "x")) return;
    if (event.isComposing || event.repeat || isWriting(event.target)) return;
    if (keys === "Enter" && focus.isOnControl(event.target)) return;
    if (document.querySelector("dialog[open]") !== null || Date.now() - shownAt < TOO_SOON_MS) return;
    event.preventDefault();
    void (keys === "Enter" ? accept(offer.item) : decline(offer.item));
  };
  // Before the shortcuts of the page, which leave alone what somebody has taken.
  addEventListener("keydown", onKeyDown, true);
  return () => {
    stop();
    focus.stop();
    removeEventListener("keydown", onKeyDown, true);
  };
}

/**
 * Enter belongs to the button or link that one has walked to; not to what was clicked last and still has the focus. The
 * browser's `:focus-visible` cannot tell: by the time it says which key it was, it holds for both.
 */
function followFocus(): { isOnControl: (target: EventTarget | null) => boolean; stop: () => void } {
  let isByPointer = false;
  let clicked: Element | null = null;
  const listeners = {
    pointerdown: () => {
      isByPointer = true;
    },
    keydown: () => {
      isByPointer = false;
    },
    focusin: () => {
      clicked = isByPointer ? document.activeElement : null;
    },
  };
  for (const [kind, listener] of Object.entries(listeners)) addEventListener(kind, listener, true);
  return {
    isOnControl: (target) =>
      target instanceof HTMLElement &&
      target !== clicked &&
      target.closest("button, a, summary, input, label") !== null,
    stop: () => {
      for (const [kind, listener] of Object.entries(listeners)) removeEventListener(kind, listener, true);
    },
  };
}
