/** The round button. Its styles live in its own shadow: the page's rules do not reach in, ours not out. */
import { launcherName } from "../messages/launcher.ts";
import { lang, side, size, x, y } from "./options.ts";
import { place } from "./place.ts";

/** The sign on the button is its colour turned to black or white by the filter, whichever is further away. */
const CSS = `button{all:initial;width:100%;height:100%;border-radius:50%;cursor:pointer;display:grid;place-items:center;
forced-color-adjust:none}button,i{background:currentColor}button:hover{scale:1.04}
:focus-visible{outline:3px solid;outline-offset:3px}
i{width:24px;height:19px;border-radius:7px 7px 7px 0;filter:grayscale(1)contrast(99)invert(1)}
[aria-expanded=true] i{clip-path:path("M3 7l2-2 7 7 7-7 2 2-9 9")}
b{position:absolute;top:-3px;right:-3px;padding:0 7px;border-radius:10px;background:#b3261e;
color:#fff;box-shadow:0 0 0 2px #fff;font:600 12px/20px system-ui}b:empty{display:none}
@media(prefers-reduced-motion:no-preference){button{transition:.2s}}
@media print{*{display:none}}`;

export const bubble = document.createElement("div");
export const button = document.createElement("button");
const badge = document.createElement("b");
const sheet = new CSSStyleSheet();
const root = bubble.attachShadow({ mode: "open" });

bubble.id = "kustomer-ui-sdk-launcher-icon-frame";
sheet.replaceSync(CSS);
root.adoptedStyleSheets = [sheet];
root.append(button);
button.append(document.createElement("i"), badge);

export function drawBubble(unread: number, label: string, open: boolean, hidden: boolean): void {
  const where = `${side}:${x}px;bottom:calc(${y}px + env(safe-area-inset-bottom));width:${size}px;height:${size}px`;
  // Above the frame.
  place(bubble, !hidden, `${where};border-radius:50%;z-index:2147483001`);
  badge.textContent = open || !unread ? "" : unread > 99 ? "99+" : `${unread}`;
  button.ariaLabel = launcherName(lang) + (badge.textContent && `, ${label}`);
  button.ariaExpanded = `${open}`;
}
