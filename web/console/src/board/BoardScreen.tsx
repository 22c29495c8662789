import { Maximize } from "lucide-react";
import { useEffect } from "react";

import { go } from "../navigation/navigation.ts";
import { Agents } from "./Agents.tsx";
import { Current } from "./Current.tsx";
import { DeclinedWork } from "./DeclinedWork.tsx";
import { words } from "./en.ts";
import { followBoard, readAgain, useBoard } from "./follow.ts";
import { Queues } from "./Queues.tsx";
import { Totals } from "./Totals.tsx";
import { Wall } from "./Wall.tsx";
import { takeScreen } from "./wall-screen.ts";
import "./board.css";

/** Are customers waiting, where, and who can help: as it is at this moment. */
export function BoardScreen({ isWall }: { isWall: boolean }) {
  useEffect(followBoard, []);
  const { board, problem } = useBoard();
  if (board === null) return problem === null ? <Skeleton /> : <Failed problem={problem} />;
  if (isWall) return <Wall board={board} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and may have nothing else in it to stop at
    <div className="board" tabIndex={0}>
      <header className="board__top">
        <h1 className="board__title">{words.title}</h1>
        <Current />
        <button type="button" className="button board__wall" onClick={showWall}>
          <Maximize size={14} aria-hidden="true" />
          {words.wall}
        </button>
      </header>
      <Totals board={board} />
      <DeclinedWork />
      <Queues queues={board.queues} />
      <Agents agents={board.agents} inAll={board.agentsInAll} />
    </div>
  );
}

function showWall(): void {
  takeScreen();
  go({ screen: "board", isWall: true });
}

function Failed({ problem }: { problem: string }) {
  return (
    <div className="board">
      <header className="board__top">
        <h1 className="board__title">{words.title}</h1>
      </header>
      <div className="empty" role="alert">
        <p className="empty__title">{words.failedTitle}</p>
        <p className="empty__text">{problem}</p>
        <button type="button" className="button" onClick={readAgain}>
          {words.tryAgain}
        </button>
      </div>
    </div>
  );
}

const SKELETONS = ["totals", "first", "second", "third"];

function Skeleton() {
  return (
    <div className="board" aria-busy="true">
      <header className="board__top">
        <h1 className="board__title">{words.title}</h1>
      </header>
      <p className="sr-only" role="status">
        {words.loading}
      </p>
      <div aria-hidden="true">
        {SKELETONS.map((part) => (
          <div key={part} className="board__skeleton">
            <span className="skeleton skeleton--title" />
            <span className="skeleton skeleton--text" />
          </div>
        ))}
      </div>
    </div>
  );
}
