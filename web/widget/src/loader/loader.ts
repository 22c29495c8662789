/** `widget.js`: what a page embeds in one line. It finds its key and its server in its own script element. */

import { takeKustomerNames, token } from "./identity.ts";
import type { StartOptions } from "./options.ts";
import { setKey, setServer } from "./server.ts";
import * as widget from "./widget.ts";

// biome-ignore lint/suspicious/noExplicitAny: what callbacks take is theirs to say.
type Callback = (response?: any, error?: unknown) => void;

/** Calls that came before the chat has started. */
let queue: (() => void)[] | null = [];

async function run(callback: Callback | undefined, action: () => unknown): Promise<void> {
  try {
    const response = await action();
    callback?.(response);
  } catch (error) {
    callback?.(undefined, error);
  }
}

function start(...args: (StartOptions | Callback | undefined)[]): Promise<void> {
  const options = args.find((argument) => typeof argument === "object");
  return run(callbackIn(args), async () => {
    if (!widget.settings) await widget.start(options ?? {});
    const calls = queue ?? [];
    queue = null;
    for (const call of calls) call();
    return {};
  });
}

/** What only the panel knows, and the answer while there is nobody. Claims wait there, unsaid, for a visitor who writes. */
const ASKED_OF_PANEL: Record<string, unknown> = {
  isLoggedIn: false,
  getOpenConversations: [],
  describeCustomer: {},
  describeConversation: {},
};

// biome-ignore lint/suspicious/noExplicitAny: pages pass what they like; each action takes what it understands.
const actions: Record<string, (argument: any, second?: any) => unknown> = {
  stop() {
    widget.stop();
    queue = [];
  },
  open: () => widget.show(true),
  close: () => widget.show(false),
  login: ({ jwtToken }: { jwtToken: string }) => widget.logIn(jwtToken),
  logout: widget.logOut,
  createConversation(wanted: object) {
    widget.show(true);
    return widget.call("createConversation", wanted ?? {});
  },
  async openConversationById(wanted: object) {
    await widget.call("openConversationById", wanted, true);
    widget.show(true);
    return null;
  },
  // Version 1 of the call, still on pages.
  clear: widget.logOut,
  identify: (who: string | object) =>
    typeof who === "string" ? widget.logIn(who) : actions.describeCustomer?.(who),
  describe: (what: string, described: object) =>
    what === "customer" ? actions.describeCustomer?.(described) : {},
};

for (const name in ASKED_OF_PANEL) {
  actions[name] = (argument: object) => {
    const asked = widget.call(name, argument ?? {});
    return token ? asked : ASKED_OF_PANEL[name];
  };
}

function callbackIn(args: unknown[]): Callback | undefined {
  return args.find((argument) => typeof argument === "function") as Callback | undefined;
}

function makeApi(): Record<string, unknown> {
  const api: Record<string, unknown> = {
    start,
    init: setKey,
    getUnreadCount: () => widget.unread,
    isChatAvailable: () => ({
      availability: widget.settings ? (widget.settings.enabled ? "online" : "disabled") : "none",
    }),
    addListener: widget.listen,
    removeListener: widget.unlisten,
  };
  for (const [name, action] of Object.entries(actions)) {
    api[name] = (...args: unknown[]) => {
      const [argument, second] = args.filter((given) => typeof given !== "function");
      const call = () => run(callbackIn(args), () => action(argument, second));
      if (queue) queue.push(call);
      else void call();
    };
  }
  return api;
}

const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>("[data-kithdesk-key],[data-kustomer-api-key]");
const page = window as unknown as { Kithdesk?: unknown; Kustomer?: unknown };

// A page that embeds the script twice, by hand and by a tag manager, still gets one chat.
if (script && !page.Kithdesk) {
  const { kithdeskKey, kustomerApiKey, kithdeskStrict } = script.dataset;
  setServer(script.src);
  setKey(kithdeskKey ?? kustomerApiKey ?? "");
  const api = makeApi();
  page.Kithdesk = api;
  page.Kustomer = {
    ...api,
    start(...args: Parameters<typeof start>) {
      takeKustomerNames();
      return start(...args);
    },
  };
  for (const name of ["kithdeskLoaded", "kustomerLoaded"]) dispatchEvent(new Event(name));
  if (kithdeskKey) void start({ strict: kithdeskStrict !== undefined });
}
