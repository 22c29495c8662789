/** The panel's frame: another origin, which hears from this page only by closed messages, and the other way. */
import { type Down, read, UP, type Up } from "../bridge/bridge.ts";
import { side, size, x, y } from "./options.ts";
import { place } from "./place.ts";
import { keyQuery, origin } from "./server.ts";

/** Or a window that is as small: a desk's at 200 % has no room for a chat beside anything. */
const phone = matchMedia("(max-width: 480px), (max-height: 440px)");
const view = window.visualViewport;

export let frame: HTMLIFrameElement | null = null;
let shown = false;
let focusWanted = false;
let receive: (message: Up) => void;

export const isPhone = (): boolean => phone.matches;

export function loadFrame(title: string, onLoad: () => void, onMessage: (message: Up) => void): void {
  receive = onMessage;
  frame = document.createElement("iframe");
  frame.id = "kustomer-ui-sdk-iframe";
  frame.title = title;
  frame.referrerPolicy = "origin";
  frame.src = `${origin}/widget/panel.html${keyQuery()}`;
  frame.onload = onLoad;
  phone.onchange = lay;
  // The on-screen keyboard shrinks only this viewport, and only here: the frame cannot see it.
  if (view) view.onresize = view.onscroll = lay;
  addEventListener("message", hear);
  lay();
  document.body.append(frame);
}

export function tellFrame(message: Down): void {
  frame?.contentWindow?.postMessage(message, origin);
}

export function showFrame(open: boolean, byPerson: boolean): void {
  shown = open;
  focusWanted = open && byPerson;
  lay();
  focusFrame();
}

/** At the click, and anew when the panel is there: a frame that is still loading loses what it was given. */
export function focusFrame(): void {
  if (!focusWanted) return;
  frame?.blur();
  frame?.focus();
}

export function removeFrame(): void {
  frame?.remove();
  frame = null;
}

function hear(event: MessageEvent): void {
  const isFrame = event.origin === origin && event.source === frame?.contentWindow;
  const message = isFrame && read(UP, event.data);
  if (message) receive(message);
}

function lay(): void {
  const margin = y + size + 16;
  const where = isPhone()
    ? phoneRoom()
    : `${side}:${x}px;bottom:${margin}px;width:min(400px,100vw - ${2 * x}px);height:min(700px,100vh - ${margin + y}px);
border-radius:14px`;
  if (frame) place(frame, shown, where);
}

/** What the on-screen keyboard leaves. */
function phoneRoom(): string {
  return view
    ? `top:${view.offsetTop}px;left:${view.offsetLeft}px;width:${view.width}px;height:${view.height}px`
    : "inset:0;width:100%;height:100%";
}
