/** `widget.js`: what a page embeds in one line. It finds its key and its server in its own script element. */

import { takeKustomerNames, token } from "./identity.ts";
import type { StartOptions } from "./options.ts";
import { kithdeskKey, kithdeskStrict, script, setKey } from "./server.ts";
import * as widget from "./widget.ts";

// biome-ignore lint/suspicious/noExplicitAny: what callbacks take is theirs to say.
type Callback = (response?: any, error?: unknown) => void;

/** Calls that came before the chat has started. */
let queue: (() => void)[] | null = [];
let starting: Promise<void> | null = null;

/** What only the panel knows, and the answer while there is nobody. Claims wait there, unsaid, for a visitor who writes. */
const ASKED_OF_PANEL: Record<string, unknown> = {
  isLoggedIn: false,
  getOpenConversations: [],
  describeCustomer: {},
  describeConversation: {},
};

// biome-ignore lint/suspicious/noExplicitAny: pages pass what they like; each action takes what it understands.
const actions: Record<string, (...args: any[]) => unknown> = {
  async start(options?: StartOptions) {
    starting ??= widget.start(options ?? {});
    await starting.catch((error) => {
      starting = null;
      throw error;
    });
    const calls = queue;
    queue = null;
    for (const call of calls ?? []) call();
    return {};
  },
  stop() {
    widget.stop();
    starting = null;
    queue = [];
  },
  open: () => widget.show(true),
  close: () => widget.show(false),
  login: ({ jwtToken }: { jwtToken: string }) => widget.logIn(jwtToken),
  logout: widget.logOut,
  createConversation(wanted: object) {
    widget.show(true);
    return widget.call("createConversation", wanted);
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
    const asked = widget.call(name, argument);
    return token ? asked : ASKED_OF_PANEL[name];
  };
}

const api: Record<string, unknown> = {
  init: setKey,
  getUnreadCount: () => widget.unread,
  isChatAvailable: () => ({
    availability: widget.settings ? (widget.settings.enabled ? "online" : "disabled") : "none",
  }),
  addListener: widget.listen,
  removeListener: widget.unlisten,
};

for (const name in actions) {
  api[name] = (...args: unknown[]) => {
    const callback = args.find((argument) => typeof argument === "function") as Callback | undefined;
    const act = async () => actions[name]?.(...args.filter((given) => given !== callback));
    const call = () => act().then(callback, (error) => callback?.(undefined, error));
    if (queue && name !== "start") queue.push(call);
    else void call();
  };
}

const start = api.start as (...args: unknown[]) => void;
const page = window as unknown as { Kithdesk?: unknown; Kustomer?: unknown };

// A page that embeds the script twice, by hand and by a tag manager, still gets one chat.
if (script && !page.Kithdesk) {
  page.Kithdesk = api;
  page.Kustomer = {
    ...api,
    start(...args: unknown[]) {
      takeKustomerNames();
      start(...args);
    },
  };
  for (const name of ["kithdeskLoaded", "kustomerLoaded"]) dispatchEvent(new Event(name));
  if (kithdeskKey) start({ strict: kithdeskStrict !== undefined });
}
