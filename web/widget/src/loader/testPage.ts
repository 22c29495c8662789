import { vi } from "vitest";
import type { Down } from "../bridge/bridge.ts";

export const SERVER = "https://desk.test";

declare global {
  interface Window {
    happyDOM: { setURL(url: string): void };
  }
}

/** Tabs of the same browser, without those of tests before this one. */
export class TestChannel {
  static open: TestChannel[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;

  constructor() {
    TestChannel.open.push(this);
  }

  static stub(): void {
    TestChannel.open = [];
    vi.stubGlobal("BroadcastChannel", TestChannel);
  }

  postMessage(data: unknown): void {
    for (const other of TestChannel.open)
      if (other !== this) queueMicrotask(() => other.onmessage?.({ data }));
  }
}

interface Request {
  method: string;
  url: string;
  headers: Record<string, string>;
  init: RequestInit;
}

// biome-ignore lint/suspicious/noExplicitAny: the page's globals, called as pages call them.
type Global = Record<string, any>;

/** A page that embeds the script: its storage, the requests it causes, and the other end of its frame. */
export class TestPage {
  readonly requests: Request[] = [];
  /** What the frame was told, and for which origin. */
  readonly told: { message: Down & Record<string, unknown>; origin: string }[] = [];
  readonly frameWindow = {
    postMessage: (message: Down & Record<string, unknown>, origin: string) =>
      void this.told.push({ message, origin }),
  };
  settings: Record<string, unknown> = { enabled: true, teamName: "Fernweh", colors: { accent: "#0c665a" } };
  tokens = 0;
  /** How many answers to a login the network swallows. */
  lost = 0;

  constructor() {
    window.happyDOM.setURL("https://shop.test/boots");
    vi.resetModules();
    TestChannel.stub();
    localStorage.clear();
    sessionStorage.clear();
    for (const cookie of document.cookie.split("; ")) setCookie(`${cookie.split("=")[0]}=; max-age=-1`);
    document.head.replaceChildren();
    document.body.replaceChildren();
    document.title = "Boots";
    const page = window as unknown as Global;
    for (const name of ["Kithdesk", "Kustomer"]) delete page[name];
    // A frame that knows its address and goes nowhere.
    Object.defineProperty(HTMLIFrameElement.prototype, "src", { set: () => undefined, configurable: true });
    vi.stubGlobal("fetch", (url: string, init: RequestInit = {}) => this.#answer(url, init));
  }

  /** `attribute` is how the page names its key. */
  async load(attribute = "data-kithdesk-key", more: Record<string, string> = {}): Promise<void> {
    const script = document.createElement("script");
    script.type = "text/plain";
    script.setAttribute(attribute, "KEY");
    for (const [name, value] of Object.entries(more)) script.setAttribute(name, value);
    script.src = `${SERVER}/widget.js`;
    document.head.append(script);
    await import("./loader.ts");
    await settle();
  }

  get kithdesk(): Global {
    return (window as unknown as Global).Kithdesk;
  }

  get kustomer(): Global {
    return (window as unknown as Global).Kustomer;
  }

  get frame(): HTMLIFrameElement | null {
    return document.querySelector("iframe#kustomer-ui-sdk-iframe");
  }

  get bubble(): HTMLButtonElement {
    return this.#bubbleHost?.shadowRoot?.querySelector("button") as HTMLButtonElement;
  }

  get bubbleIsShown(): boolean {
    return this.#bubbleHost?.style.display === "block";
  }

  get #bubbleHost(): HTMLElement | null {
    return document.getElementById("kustomer-ui-sdk-launcher-icon-frame");
  }

  frameLoads(): void {
    Object.defineProperty(this.frame, "contentWindow", { value: this.frameWindow, configurable: true });
    this.frame?.dispatchEvent(new Event("load"));
  }

  /** The frame has loaded, and the panel in it listens. */
  async panelStarts(): Promise<void> {
    this.frameLoads();
    await this.panelSays({ kithdesk: "ready" });
  }

  /** The visitor clicks the button. */
  async opens(): Promise<void> {
    this.bubble.click();
    await this.panelStarts();
  }

  /** The visitor's first message: the panel asks for a token. */
  async writes(): Promise<void> {
    await this.panelSays({ kithdesk: "token", request: 1, refused: false });
  }

  async panelSays(message: object, from: { origin?: string; source?: unknown } = {}): Promise<void> {
    const event = new MessageEvent("message", {
      data: message,
      origin: from.origin ?? SERVER,
    });
    Object.defineProperty(event, "source", { value: from.source ?? this.frameWindow });
    window.dispatchEvent(event);
    await settle();
  }

  toldOf<Name extends Down["kithdesk"]>(name: Name): Extract<Down, { kithdesk: Name }>[] {
    return this.told.map(({ message }) => message).filter((message) => message.kithdesk === name) as never;
  }

  #answer(url: string, init: RequestInit): Promise<Response> {
    const headers = Object.fromEntries(new Headers(init.headers));
    this.requests.push({ method: init.method ?? "GET", url, headers, init });
    if (this.lost > 0 && /identity$|current$/.test(url)) {
      this.lost -= 1;
      return Promise.reject(new TypeError("Failed to fetch"));
    }
    return Promise.resolve(this.#response(new URL(url).pathname, init));
  }

  #response(path: string, init: RequestInit): Response {
    if (path === "/c/v1/chat/settings") return Response.json({ data: { attributes: this.settings } });
    if (path === "/c/v1/tracking/tokens") {
      this.tokens += 1;
      return attributes({ token: `T${this.tokens}`, identified: false, customerId: null });
    }
    if (path === "/c/v1/identity") {
      const { externalToken } = JSON.parse(String(init.body));
      if (externalToken === "bad") {
        return Response.json(
          { errors: [{ status: 401, code: "unauthorized", title: "No" }] },
          { status: 401 },
        );
      }
      const more = externalToken === "another" ? { anotherPerson: true } : {};
      const who = { identified: true, customerId: "c1", email: "ana@shop.test" };
      return attributes({ token: "LOGGED-IN", ...who, ...more });
    }
    const bearer = new Headers(init.headers).get("Authorization");
    if (bearer === "Bearer DEAD") return Response.json({ errors: [{ status: 401 }] }, { status: 401 });
    return new Response(null, { status: 204 });
  }
}

function attributes(value: object): Response {
  return Response.json({ data: { type: "tracking_token", id: "v", attributes: value } });
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve, 0));
}

export function setCookie(text: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the interface that the loader uses too.
  document.cookie = `${text}; path=/`;
}
