import { focusOn } from "../app/focus.ts";
import { openOverlay } from "../app/overlay.ts";
import { chooseTheme } from "../app/theme.ts";
import { setKind } from "../composer/composer.ts";
import { assign, markDone, reopen } from "../conversation/actions.ts";
import { finish } from "../conversation/finish.ts";
import { LIST_NAMES } from "../desk/lists.ts";
import { currentDesk } from "../desk/store.ts";
import { words as inboxWords } from "../inbox/en.ts";
import { nextTo } from "../inbox/position.ts";
import { startMerge } from "../merging/merging.ts";
import {
  closeConversation,
  currentPlace,
  goToDesk,
  goToList,
  goToSearch,
  goToSettings,
  isAtDesk,
  openConversation,
  showPane,
  useNavigation,
} from "../navigation/navigation.ts";
import { useSession } from "../session/session.ts";
import { signOut } from "../session/sign-out.ts";
import { words as settingsWords } from "../settings/en.ts";
import { PAGE_IDS } from "../settings/pages.ts";
import { toggleBar } from "../timeline/bar.ts";
import { canUndo, undoLatest } from "../toast/toast.ts";
import { accept, decline, firstOffer } from "../work/offers.ts";
import { words } from "./en.ts";

export type Group = keyof typeof words.groups;

/** One thing an agent can do: what it is called, the keys for it, and whether it makes sense now. */
export interface Command {
  readonly id: string;
  readonly group: Group;
  readonly label: string;
  /** What it would do at this moment, where the label names two things. */
  readonly labelNow?: () => string;
  readonly keys: readonly string[];
  /** Keys that belong to a field and are only explained here. */
  readonly isFieldOnly?: boolean;
  readonly isPossible: () => boolean;
  readonly run: () => void;
}

const always = () => true;
const opened = () => currentPlace().conversation;
const isOpened = () => opened() !== null;
const isLookingUp = () => ["search", "customer", "company"].includes(useNavigation.getState().route.screen);
const isAdmin = () => useSession.getState().me?.isAdmin === true;

/** Nobody hears a reply to a chat that has ended. */
const canReply = () => {
  const id = opened();
  return id !== null && currentDesk().conversations.get(id)?.ended !== true;
};

function withOpened(act: (id: string) => void): () => void {
  return () => {
    const id = opened();
    if (id !== null) act(id);
  };
}

const isOffered = () => firstOffer() !== null;

function withOffered(answer: (item: string) => Promise<void>): () => void {
  return () => {
    const offer = firstOffer();
    if (offer !== null) void answer(offer.item);
  };
}

function walk(step: 1 | -1): void {
  const id = opened();
  const next = nextTo(id, step);
  if (next !== null) openConversation(next, id === null ? "push" : "replace");
}

function write(kind: "message" | "note"): () => void {
  return withOpened((id) => {
    setKind(id, kind);
    showPane("main");
    focusOn("composer");
  });
}

function isDone(): boolean {
  return currentDesk().conversations.get(opened() ?? "")?.status === "done";
}

function toggleDone(id: string): void {
  if (isDone()) reopen(id);
  else finish(id, () => markDone(id));
}

function assignToMe(id: string): void {
  const { me } = useSession.getState();
  if (me !== null) assign(id, me.id, me.displayName);
}

function isCustomerShown(): boolean {
  const { route } = useNavigation.getState();
  return route.screen === "inbox" && route.pane === "customer";
}

function togglePane(): void {
  showPane(isCustomerShown() ? "main" : "customer");
}

/** The one table behind shortcuts, the command list and the help. */
export const COMMANDS: readonly Command[] = [
  // Their keys are only theirs while something is offered: see work/offer-keys.ts.
  {
    id: "accept",
    group: "act",
    label: words.accept,
    keys: [],
    isPossible: isOffered,
    run: withOffered(accept),
  },
  {
    id: "decline",
    group: "act",
    label: words.decline,
    keys: [],
    isPossible: isOffered,
    run: withOffered(decline),
  },
  { id: "next", group: "walk", label: words.next, keys: ["j"], isPossible: isAtDesk, run: () => walk(1) },
  {
    id: "previous",
    group: "walk",
    label: words.previous,
    keys: ["k"],
    isPossible: isAtDesk,
    run: () => walk(-1),
  },
  {
    id: "open",
    group: "walk",
    label: words.open,
    keys: ["Enter"],
    isPossible: isAtDesk,
    run: () => (isOpened() ? focusOn("composer") : walk(1)),
  },
  {
    id: "back",
    group: "walk",
    label: words.back,
    keys: ["u", "Escape"],
    // From settings no key leads away: something may be half written there.
    isPossible: () => isOpened() || isLookingUp(),
    run: () => (isLookingUp() ? goToDesk() : closeConversation()),
  },
  {
    id: "filter",
    group: "walk",
    label: words.filter,
    keys: ["q"],
    isPossible: isAtDesk,
    run: () => focusOn("filter"),
  },
  {
    id: "search",
    group: "walk",
    label: words.search,
    keys: ["/"],
    isPossible: always,
    run: () => goToSearch(""),
  },

  {
    id: "done",
    group: "act",
    label: words.done,
    labelNow: () => (isDone() ? words.reopen : words.markDone),
    keys: ["e"],
    isPossible: isOpened,
    run: withOpened(toggleDone),
  },
  {
    id: "snooze",
    group: "act",
    label: words.snooze,
    keys: ["s"],
    isPossible: () => isOpened() && !isDone(),
    run: () => openOverlay("snooze"),
  },
  {
    id: "assign",
    group: "act",
    label: words.assign,
    keys: ["a"],
    isPossible: isOpened,
    run: () => openOverlay("assign"),
  },
  {
    id: "assign-me",
    group: "act",
    label: words.assignToMe,
    keys: ["m"],
    isPossible: isOpened,
    run: withOpened(assignToMe),
  },
  {
    id: "hand-off",
    group: "act",
    label: words.handOff,
    keys: ["h"],
    isPossible: isOpened,
    run: () => openOverlay("handoff"),
  },
  {
    id: "tags",
    group: "act",
    label: words.tags,
    keys: ["l"],
    isPossible: isOpened,
    run: () => openOverlay("tags"),
  },
  {
    id: "find",
    group: "act",
    label: words.find,
    keys: ["f"],
    isPossible: isOpened,
    run: withOpened((id) => {
      showPane("main");
      toggleBar(id);
    }),
  },
  {
    id: "search-customer",
    group: "act",
    label: words.searchCustomer,
    keys: [],
    isPossible: isOpened,
    run: withOpened((id) =>
      goToSearch("", { customer: currentDesk().conversations.get(id)?.customer ?? null }),
    ),
  },
  {
    id: "why",
    group: "act",
    label: words.why,
    keys: ["w"],
    isPossible: () => isOpened() && isAdmin(),
    run: () => openOverlay("why"),
  },
  {
    id: "merge",
    group: "act",
    label: words.merge,
    keys: [],
    isPossible: isOpened,
    run: withOpened((id) => {
      const customer = currentDesk().conversations.get(id)?.customer;
      if (customer !== undefined) startMerge(customer);
    }),
  },
  { id: "undo", group: "act", label: words.undo, keys: ["z"], isPossible: canUndo, run: undoLatest },

  {
    id: "reply",
    group: "write",
    label: words.reply,
    keys: ["r"],
    isPossible: canReply,
    run: write("message"),
  },
  { id: "note", group: "write", label: words.note, keys: ["n"], isPossible: isOpened, run: write("note") },
  {
    id: "send",
    group: "write",
    label: words.send,
    keys: ["mod+Enter"],
    isFieldOnly: true,
    isPossible: always,
    run: () => undefined,
  },
  {
    id: "send-done",
    group: "write",
    label: words.sendAndDone,
    keys: ["mod+shift+Enter"],
    isFieldOnly: true,
    isPossible: always,
    run: () => undefined,
  },

  ...LIST_NAMES.map(
    (list, index): Command => ({
      id: `go-${list}`,
      group: "go",
      label: words.goTo(inboxWords.names[list]),
      keys: [String(index + 1)],
      isPossible: always,
      run: () => goToList(list),
    }),
  ),

  {
    id: "commands",
    group: "more",
    label: words.palette,
    keys: ["mod+k"],
    isPossible: always,
    run: () => openOverlay("commands"),
  },
  {
    id: "help",
    group: "more",
    label: words.help,
    keys: ["?"],
    isPossible: always,
    run: () => openOverlay("help"),
  },
  {
    id: "customer",
    group: "more",
    label: words.customer,
    labelNow: () => (isCustomerShown() ? words.hideCustomer : words.showCustomer),
    keys: ["i"],
    isPossible: isOpened,
    run: togglePane,
  },
  {
    id: "status",
    group: "more",
    label: words.status,
    keys: [],
    isPossible: always,
    run: () => openOverlay("status"),
  },
  {
    id: "capacity",
    group: "more",
    label: words.capacity,
    keys: [],
    isPossible: isAdmin,
    run: () => openOverlay("capacity"),
  },
  ...PAGE_IDS.map(
    (page): Command => ({
      id: `settings-${page}`,
      group: "more",
      label: words.settings(settingsWords.pages[page].name),
      keys: [],
      isPossible: isAdmin,
      run: () => goToSettings(page),
    }),
  ),
  {
    id: "light",
    group: "more",
    label: words.themeLight,
    keys: [],
    isPossible: always,
    run: () => chooseTheme("light"),
  },
  {
    id: "dark",
    group: "more",
    label: words.themeDark,
    keys: [],
    isPossible: always,
    run: () => chooseTheme("dark"),
  },
  {
    id: "system",
    group: "more",
    label: words.themeSystem,
    keys: [],
    isPossible: always,
    run: () => chooseTheme("system"),
  },
  {
    id: "sign-out",
    group: "more",
    label: words.signOut,
    keys: [],
    isPossible: always,
    run: () => void signOut(),
  },
];
