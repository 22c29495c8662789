import { openOverlay } from "../app/overlay.ts";
import { assign, markDone, reopen } from "../conversation/actions.ts";
import { finish } from "../conversation/finish.ts";
import { currentDesk } from "../desk/store.ts";
import { startMerge } from "../merging/merging.ts";
import { goToSearch, showPane } from "../navigation/navigation.ts";
import { canAdd } from "../objects/klasses.ts";
import { startAdding } from "../objects/sheet.ts";
import { useSession } from "../session/session.ts";
import { toggleBar } from "../timeline/bar.ts";
import { canUndo, undoLatest } from "../toast/toast.ts";
import { accept, decline, firstOffer } from "../work/offers.ts";
import { type Command, isAdmin, isOpened, opened, withOpened } from "./command.ts";
import { words } from "./en.ts";

const isOffered = () => firstOffer() !== null;

function withOffered(answer: (item: string) => Promise<void>): () => void {
  return () => {
    const offer = firstOffer();
    if (offer !== null) void answer(offer.item);
  };
}

function isDone(): boolean {
  return currentDesk().conversations.get(opened() ?? "")?.status === "done";
}

function toggleDone(id: string): void {
  if (isDone()) reopen(id);
  else finish(id, (comeBack) => markDone(id, comeBack));
}

function assignToMe(id: string): void {
  const { me } = useSession.getState();
  if (me !== null) assign(id, me.id, me.displayName);
}

/** What answers an offer. Their keys are only theirs while something is offered: see work/offer-keys.ts. */
export const ANSWERING: readonly Command[] = [
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
];

/** What is done with the conversation that is open. */
export const ACTING: readonly Command[] = [
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
    id: "wishes",
    group: "act",
    label: words.wishes,
    keys: ["p"],
    isPossible: isOpened,
    run: () => openOverlay("wishes"),
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
  {
    id: "add-record",
    group: "act",
    label: words.addRecord,
    keys: [],
    isPossible: () => isOpened() && canAdd(),
    run: withOpened((id) => {
      const customer = currentDesk().conversations.get(id)?.customer;
      if (customer !== undefined) startAdding({ customer, conversation: id });
    }),
  },
  { id: "undo", group: "act", label: words.undo, keys: ["z"], isPossible: canUndo, run: undoLatest },
];
