import { Check, CircleAlert, Clock, TriangleAlert } from "lucide-react";

import { type Counts, type Mood, moodOf } from "./board.ts";
import { words } from "./en.ts";

export const ICONS = {
  late: CircleAlert,
  risky: TriangleAlert,
  waiting: Clock,
  calm: Check,
} satisfies Record<Mood, typeof Clock>;

/** How bad it is: a shape, a word, and a colour. */
export function Mark({ counts, size = 14 }: { counts: Counts; size?: number }) {
  const mood = moodOf(counts);
  const Icon = ICONS[mood];
  const many = mood === "late" ? counts.late : counts.atRisk;
  return (
    <span className={`board-mark board-mark--${mood}`}>
      <Icon size={size} aria-hidden="true" />
      {words.moods[mood](many)}
    </span>
  );
}
