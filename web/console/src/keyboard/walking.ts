import { focusOn } from "../app/focus.ts";
import { nextTo } from "../inbox/position.ts";
import {
  closeConversation,
  goToBoard,
  goToDesk,
  goToSearch,
  isAtDesk,
  openConversation,
  useNavigation,
} from "../navigation/navigation.ts";
import { always, type Command, isOpened, opened } from "./command.ts";
import { words } from "./en.ts";

const isLookingUp = () =>
  ["search", "board", "customer", "company"].includes(useNavigation.getState().route.screen);

function walk(step: 1 | -1): void {
  const id = opened();
  const next = nextTo(id, step);
  if (next !== null) openConversation(next, id === null ? "push" : "replace");
}

/** The browser scrolls whatever has the focus; after a shortcut that is nothing, and one still wants to read on. */
const isUnheld = () =>
  isOpened() && (document.activeElement === null || document.activeElement === document.body);

const MOST_OF_A_PAGE = 0.85;

function scrollTimeline(step: 1 | -1): void {
  const scroller = document.querySelector(".timeline:not(.timeline--covered) .timeline__scroller");
  scroller?.scrollBy({ top: step * MOST_OF_A_PAGE * scroller.clientHeight });
}

function goBack(): void {
  const { route } = useNavigation.getState();
  if (route.screen === "board" && route.isWall) goToBoard();
  else if (isLookingUp()) goToDesk();
  else closeConversation();
}

/** From one conversation or screen to the next. */
export const WALKING: readonly Command[] = [
  {
    id: "next",
    group: "walk",
    label: words.next,
    keys: ["j"],
    isHeldDown: true,
    isPossible: isAtDesk,
    run: () => walk(1),
  },
  {
    id: "previous",
    group: "walk",
    label: words.previous,
    keys: ["k"],
    isHeldDown: true,
    isPossible: isAtDesk,
    run: () => walk(-1),
  },
  {
    id: "scroll-up",
    group: "walk",
    label: words.scrollUp,
    keys: ["PageUp"],
    isHeldDown: true,
    isPossible: isUnheld,
    run: () => scrollTimeline(-1),
  },
  {
    id: "scroll-down",
    group: "walk",
    label: words.scrollDown,
    keys: ["PageDown"],
    isHeldDown: true,
    isPossible: isUnheld,
    run: () => scrollTimeline(1),
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
    run: goBack,
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
];
