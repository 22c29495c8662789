import type { ReactNode } from "react";

import { type Figure, linkBehind } from "./behind.ts";
import type { Board, Mood } from "./board.ts";
import { words } from "./en.ts";
import { ICONS } from "./Mark.tsx";
import { Length } from "./Queues.tsx";
import { Ticking } from "./Ticking.tsx";
import "./totals.css";

/** Are customers waiting, is a promise in danger, can somebody help. */
export function Totals({ board, isPlain = false }: { board: Board; isPlain?: boolean }) {
  const { totals, byStatus, isRiskCapped } = board;
  const here = byStatus.available + byStatus.busy + byStatus.unavailable;
  const more = isRiskCapped ? "+" : "";
  return (
    <section aria-label={words.totals}>
      <dl className="board-totals">
        <Total name={words.waiting} title={words.waitingTitle} mood={totals.waiting > 0 ? "waiting" : "calm"}>
          <Linked count={totals.waiting} figure="waiting" isPlain={isPlain} />
          {totals.declined > 0 && (
            <small className="board-declined">{words.declinedOf(totals.declined)}</small>
          )}
          <small>
            {totals.longestWaitSince === null ? (
              words.nobodyWaits
            ) : (
              <>
                {words.longest} <Ticking since={totals.longestWaitSince} />
              </>
            )}
          </small>
        </Total>
        <Total name={words.atRisk} mood={totals.atRisk > 0 ? "risky" : "calm"}>
          <Linked count={totals.atRisk} figure="risky" isPlain={isPlain} more={more} />
        </Total>
        <Total name={words.late} mood={totals.late > 0 ? "late" : "calm"}>
          <Linked count={totals.late} figure="late" isPlain={isPlain} more={more} />
        </Total>
        <Total name={words.inHand} title={words.inHandTitle} mood="calm">
          <Linked count={totals.inHand} figure="hand" isPlain={isPlain} />
        </Total>
        <Total name={words.available} mood={byStatus.available === 0 ? "waiting" : "calm"}>
          <span className="board-total__figure">{byStatus.available}</span>
          <small>{words.ofAgents(here)}</small>
        </Total>
        <Total name={words.lastHour} mood="calm">
          <span className="board-total__figure">{totals.arrived.toLocaleString()}</span>
          <small>
            {words.came}, {words.assigned(totals.assigned)}, {words.completed(totals.completed)}
          </small>
          {totals.medianWait !== null && (
            <small>
              {words.median} <Length length={totals.medianWait} />
            </small>
          )}
        </Total>
      </dl>
    </section>
  );
}

interface TotalProps {
  name: string;
  /** What it counts. */
  title?: string;
  mood: Mood;
  children: ReactNode;
}

function Total({ name, title, mood, children }: TotalProps) {
  const Icon = mood === "calm" ? null : ICONS[mood];
  return (
    <div className={`board-total board-total--${mood}`} title={title}>
      <dt>
        {Icon !== null && <Icon size={14} aria-hidden="true" />}
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

interface LinkedProps {
  figure: Exclude<Figure, "agent">;
  count: number;
  isPlain: boolean;
  /** Of what is counted only so far. */
  more?: string;
}

function Linked({ figure, count, isPlain, more = "" }: LinkedProps) {
  const said = `${count.toLocaleString()}${more}`;
  if (count === 0 || isPlain) return <span className="board-total__figure">{said}</span>;
  return (
    <a
      className="board-total__figure"
      href={linkBehind(figure)}
      aria-label={words.figure(words.behind[figure](words.allQueues), said)}
    >
      {said}
    </a>
  );
}
