/** A word at the foot of the page, for a moment. */

const FOR_MS = 3500;
let timer = 0;

/** @param {string} words */
export function toast(words) {
  const place = document.querySelector(".toast");
  if (!(place instanceof HTMLElement)) return;
  place.textContent = words;
  place.hidden = false;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    place.hidden = true;
  }, FOR_MS);
}
