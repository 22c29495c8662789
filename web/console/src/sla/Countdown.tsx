import { exactTime } from "@kithdesk/ui";
import { CircleAlert, Pause, Timer, TriangleAlert } from "lucide-react";

import { useNowIn } from "../app/now.ts";
import type { Sla } from "../desk/types.ts";
import { countdownWords } from "./countdown.ts";
import { words } from "./en.ts";
import { type Mood, type NextDue, nextDue } from "./sla.ts";
import "./countdown.css";

interface CountdownProps {
  sla: Sla | null;
  /** Where there is room: what is due, too. */
  isLong?: boolean;
}

const ICONS = { calm: Timer, warned: TriangleAlert, late: CircleAlert } satisfies Record<Mood, typeof Timer>;

/** How long there is left to keep what was promised next. */
export function Countdown({ sla, isLong = false }: CountdownProps) {
  const due = nextDue(sla);
  if (due === null || sla === null) return null;
  if (due.state === "running") return <Running due={due} sla={sla.name} isLong={isLong} />;
  return (
    <span className="due due--paused" title={words.pausedTitle(sla.name)}>
      <Pause size={12} aria-hidden="true" />
      <span className={isLong ? "due__what" : "sr-only"}>{words.paused}</span>
    </span>
  );
}

interface RunningProps {
  due: Extract<NextDue, { state: "running" }>;
  sla: string;
  isLong: boolean;
}

/** Alone with the clock: its list is not drawn again for a second that passes. */
function Running({ due: { metric, at, mood }, sla, isLong }: RunningProps) {
  const said = useNowIn((now) => countdownWords(at, mood, now));
  const what = words.metrics[metric] ?? metric;
  const Icon = ICONS[mood];
  const exactly = mood === "late" ? words.wasDue : words.exactly;
  return (
    <time className={`due due--${mood}`} dateTime={at} title={exactly(what, exactTime(at), sla)}>
      <Icon size={12} aria-hidden="true" />
      {mood === "warned" && <span className="sr-only">{words.soon}</span>}
      <span className={isLong ? "due__what" : "sr-only"}>
        {mood === "late" ? words.dueOf(what) : words.due(what)}
      </span>
      <span>{said}</span>
    </time>
  );
}
