import { AlarmClock, CheckCheck, CircleUserRound, Inbox, Layers } from "lucide-react";

import { shownCounts } from "../desk/desk.ts";
import { LIST_NAMES, type ListName } from "../desk/lists.ts";
import { useDesk } from "../desk/store.ts";
import { formatRoute, HOME } from "../navigation/route.ts";
import { words } from "./en.ts";
import "./list-nav.css";

const ICONS = {
  mine: CircleUserRound,
  unassigned: Inbox,
  all: Layers,
  snoozed: AlarmClock,
  done: CheckCheck,
};

/** The lists with how much is in each: a column on a desk, a bar at the foot of a phone. */
export function ListNav({ current }: { current: ListName | null }) {
  return (
    <nav className="list-nav" aria-label={words.lists}>
      <ul className="list-nav__lists">
        {LIST_NAMES.map((list) => (
          <li key={list}>
            <ListLink list={list} isCurrent={list === current} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ListLink({ list, isCurrent }: { list: ListName; isCurrent: boolean }) {
  const count = useDesk((desk) => shownCounts(desk)[list]);
  const Icon = ICONS[list];
  return (
    <a
      className="list-nav__link"
      href={formatRoute({ ...HOME, list })}
      aria-current={isCurrent ? "page" : undefined}
      title={words.counted[list]}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className="list-nav__name">{words.names[list]}</span>
      {count > 0 && (
        <>
          <span className={`list-nav__count list-nav__count--${list}`} aria-hidden="true">
            {shortCount(count)}
          </span>
          <span className="sr-only">, {words.count(count)}</span>
        </>
      )}
    </a>
  );
}

/** A list's length is a hint, not a report: "12k" fits where "12,345" would push the name away. */
function shortCount(count: number): string {
  return count < 10_000
    ? count.toLocaleString()
    : new Intl.NumberFormat(undefined, { notation: "compact" }).format(count);
}
