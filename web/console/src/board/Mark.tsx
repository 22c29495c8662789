import { Check, CircleAlert, Clock, Moon, TriangleAlert } from "lucide-react";

import { type Counts, type Mood, moodOf } from "./board.ts";
import { words } from "./en.ts";

export const ICONS = {
  late: CircleAlert,
  risky: TriangleAlert,
  waiting: Clock,
  calm: Check,
} satisfies Record<Mood, typeof Clock>;

interface MarkProps {
  counts: Counts;
  isOpen: boolean;
  size?: number;
}

/** How bad it is: a shape, a word, and a colour. That work waits for a closed queue to open is as it should be. */
export function Mark({ counts, isOpen, size = 14 }: MarkProps) {
  const mood = moodOf(counts);
  if (!isOpen && (mood === "waiting" || mood === "calm")) {
    return (
      <span className="board-mark">
        <Moon size={size} aria-hidden="true" />
        {words.closed}
      </span>
    );
  }
  const Icon = ICONS[mood];
  const many = mood === "late" ? counts.late : counts.atRisk;
  return (
    <span className={`board-mark board-mark--${mood}`}>
      <Icon size={size} aria-hidden="true" />
      {words.moods[mood](many)}
    </span>
  );
}
