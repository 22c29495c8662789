import { X } from "lucide-react";
import { useEffect } from "react";
import { words as agentWords } from "../agents/en.ts";
import { StatusDot } from "../agents/StatusDot.tsx";
import { go } from "../navigation/navigation.ts";
import type { Board, Queue } from "./board.ts";
import { Current } from "./Current.tsx";
import { words } from "./en.ts";
import { Mark } from "./Mark.tsx";
import { Ticking } from "./Ticking.tsx";
import { Totals } from "./Totals.tsx";
import { fillScreen, leaveScreen } from "./wall-screen.ts";
import "./wall.css";

/** What can be read from across a room. */
const MOST_QUEUES = 8;
const HERE = ["available", "busy", "unavailable"] as const;

/** For a screen on the wall: big figures, nothing to click, nothing that moves but the clocks. */
export function Wall({ board }: { board: Board }) {
  useEffect(() => fillScreen(leaveWall), []);
  const shown = board.queues.slice(0, MOST_QUEUES);
  const rest = board.queues.length - shown.length;
  return (
    <div className="wall">
      <header className="wall__top">
        <h1 className="wall__title">{words.title}</h1>
        <Current />
        <button
          type="button"
          className="icon-button wall__leave"
          aria-label={words.leaveWall}
          title={words.leaveWall}
          onClick={leaveWall}
        >
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      <Totals board={board} isPlain />
      <ul className="wall__queues" aria-label={words.queues}>
        {shown.map((queue) => (
          <li key={queue.id} className="wall__queue">
            <Tile queue={queue} />
          </li>
        ))}
      </ul>
      <footer className="wall__foot">
        {rest > 0 && <span>{words.quiet(rest)}</span>}
        {HERE.map((status) => (
          <span key={status} className="wall__status">
            <StatusDot status={status} />
            {board.byStatus[status]} {agentWords.status[status].toLowerCase()}
          </span>
        ))}
      </footer>
    </div>
  );
}

function leaveWall(): void {
  leaveScreen();
  go({ screen: "board", isWall: false });
}

function Tile({ queue }: { queue: Queue }) {
  return (
    <>
      <h2 className="wall__name">
        <bdi>{queue.name}</bdi>
      </h2>
      <p className="wall__waiting">
        <span className="sr-only">{words.waiting}: </span>
        {queue.waiting.toLocaleString()}
      </p>
      <p className="wall__longest">
        {queue.longestWaitSince === null ? words.nobodyWaits : <Ticking since={queue.longestWaitSince} />}
      </p>
      {queue.declined > 0 && <p className="wall__declined">{words.declinedOf(queue.declined)}</p>}
      <Mark counts={queue} isOpen={queue.isOpen} size={20} />
    </>
  );
}
