import { focusOn } from "../app/focus.ts";
import { openOverlay } from "../app/overlay.ts";
import { chooseTheme } from "../app/theme.ts";
import { setKind } from "../composer/composer.ts";
import { LIST_NAMES } from "../desk/lists.ts";
import { currentDesk } from "../desk/store.ts";
import { canBeAnswered } from "../desk/types.ts";
import { words as inboxWords } from "../inbox/en.ts";
import { goToBoard, goToList, goToSettings, showPane, useNavigation } from "../navigation/navigation.ts";
import { signOut } from "../session/sign-out.ts";
import { words as settingsWords } from "../settings/en.ts";
import { PAGE_IDS } from "../settings/pages.ts";
import { ACTING, ANSWERING } from "./acting.ts";
import { always, type Command, isAdmin, isOpened, opened, withOpened } from "./command.ts";
import { words } from "./en.ts";
import { WALKING } from "./walking.ts";

const canReply = () => {
  const id = opened();
  const conversation = id === null ? undefined : currentDesk().conversations.get(id);
  return id !== null && (conversation === undefined || canBeAnswered(conversation));
};

function write(kind: "message" | "note"): () => void {
  return withOpened((id) => {
    setKind(id, kind);
    showPane("main");
    focusOn("composer");
  });
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
  ...ANSWERING,
  ...WALKING,
  ...ACTING,

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
  { id: "go-board", group: "go", label: words.board, keys: ["b"], isPossible: always, run: goToBoard },

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
