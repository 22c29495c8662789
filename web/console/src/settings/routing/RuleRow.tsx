import { ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, type LucideIcon } from "lucide-react";
import type { DragEvent, KeyboardEvent } from "react";

import { formatRoute } from "../../navigation/route.ts";
import { words } from "./en.ts";
import type { Rule } from "./rules.ts";
import { words as ours } from "./rules-en.ts";

interface RuleRowProps {
  rule: Rule;
  place: number;
  count: number;
  /** What it does, in a sentence. */
  said: string;
  isDragged: boolean;
  onMove: (to: number) => void;
  onDrag: (isDragged: boolean) => void;
  /** Another is let go of here; null while none is on its way. */
  onDrop: (() => void) | null;
}

/** One rule, moved by its buttons, by keys, or by hand. */
export function RuleRow({ rule, place, count, said, isDragged, onMove, onDrag, onDrop }: RuleRowProps) {
  const last = count - 1;
  const press = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    if (event.key === "ArrowUp") onMove(event.shiftKey ? 0 : place - 1);
    else onMove(event.shiftKey ? last : place + 1);
  };
  const moves: readonly Move[] = [
    { to: 0, label: ours.moveTop(rule.name), icon: ArrowUpToLine },
    { to: place - 1, label: words.moveUp(rule.name), icon: ArrowUp },
    { to: place + 1, label: words.moveDown(rule.name), icon: ArrowDown },
    { to: last, label: ours.moveBottom(rule.name), icon: ArrowDownToLine },
  ];
  return (
    <li
      className={`rules__row ${isDragged ? "rules__row--dragged" : ""}`}
      draggable
      onKeyDown={press}
      onDragStart={() => onDrag(true)}
      onDragEnd={() => onDrag(false)}
      onDragOver={(event: DragEvent) => {
        if (onDrop !== null) event.preventDefault();
      }}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        onDrop?.();
      }}
    >
      <span className="rules__place" aria-hidden="true">
        {place + 1}
      </span>
      <a
        className="entries__entry rules__link"
        draggable={false}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+Shift+ArrowUp Alt+Shift+ArrowDown"
        href={formatRoute({ screen: "settings", path: ["routing", "rules", rule.id] })}
      >
        <span className="entries__words">
          <span className="entries__name" dir="auto">
            {rule.name}
          </span>
          <span className="rules__facts" dir="auto">
            {said}
          </span>
        </span>
        {!rule.isEnabled && <span className="mark">{words.isOff}</span>}
      </a>
      <span className="rules__moves">
        {moves.map(({ to, label, icon: Icon }) => (
          <button
            key={label}
            type="button"
            className="icon-button icon-button--small"
            aria-label={label}
            title={label}
            // Not disabled: the focus would be lost on the way.
            aria-disabled={to === place || to < 0 || to > last}
            onClick={() => onMove(to)}
          >
            <Icon size={14} aria-hidden="true" />
          </button>
        ))}
      </span>
    </li>
  );
}

interface Move {
  readonly to: number;
  readonly label: string;
  readonly icon: LucideIcon;
}
