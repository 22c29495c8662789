/** The round button. Its styles live in its own shadow: the page's rules do not reach in, ours not out. */
import { launcherName } from "../messages/launcher.ts";
import { lang, side, size, x, y } from "./options.ts";
import { place } from "./place.ts";

/** The sign on the button is its colour turned to black or white by the filter, whichever is further away. */
const css = (accent: string) => `button{all:initial;width:100%;height:100%;border-radius:50%;cursor:pointer;
background:${accent};display:grid;place-items:center;transition:scale .2s;animation:a .2s;
forced-color-adjust:none}button:hover{scale:1.04}button:focus-visible{outline:3px solid ${accent};outline-offset:3px}
i{width:24px;height:24px;background:${accent};filter:grayscale(1)contrast(99)invert(1);
clip-path:path("M6 1h12a5 5 0 0 1 5 5v7a5 5 0 0 1-5 5h-5l-7 5v-5a5 5 0 0 1-5-5V6a5 5 0 0 1 5-5")}
[aria-expanded=true] i{clip-path:path("M3 9l2-2 7 7 7-7 2 2-9 9")}
b{position:absolute;top:-3px;right:-3px;padding:0 7px;border-radius:10px;background:#b3261e;
color:#fff;box-shadow:0 0 0 2px #fff;font:600 12px/20px system-ui}b:empty{display:none}
@keyframes a{0%{opacity:0;scale:.6}}@media(prefers-reduced-motion){*{animation:none;transition:none}}
@media print{*{display:none}}`;

let host: HTMLElement | null = null;
const button = document.createElement("button");
const badge = document.createElement("b");

export function showBubble(accent: string, toggle: () => void): void {
  host = document.createElement("div");
  host.id = "kustomer-ui-sdk-launcher-icon-frame";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css(accent));
  root.adoptedStyleSheets = [sheet];
  button.replaceChildren(document.createElement("i"), badge);
  button.onclick = toggle;
  root.append(button);
  drawBubble(0, "", false, false);
  document.body.append(host);
}

export function drawBubble(unread: number, label: string, open: boolean, hidden: boolean): void {
  if (!host) return;
  const where = `${side}:${x}px;bottom:calc(${y}px + env(safe-area-inset-bottom));width:${size}px;height:${size}px`;
  place(host, !hidden, `${where};border-radius:50%`);
  badge.textContent = open || !unread ? "" : unread > 99 ? "99+" : String(unread);
  button.ariaLabel = launcherName(lang) + (badge.textContent && `, ${label}`);
  button.ariaExpanded = String(open);
}

export function focusBubble(): void {
  button.focus();
}

export function hideBubble(): void {
  host?.remove();
  host = null;
}
