import { upcomingTime } from "@kithdesk/ui";
import type { ReactNode } from "react";
import { serverNow } from "../api/clock.ts";

import { aboutWords, spokenWords } from "../app/lengths.ts";
import { Bars } from "./Bars.tsx";
import { type Figure, linkBehind } from "./behind.ts";
import type { Mood, Queue } from "./board.ts";
import { words } from "./en.ts";
import { Mark } from "./Mark.tsx";
import { Ticking } from "./Ticking.tsx";
import "./queues.css";

/** A row for each queue, the one with the most trouble first: a table where there is room, cards on a phone. */
export function Queues({ queues }: { queues: readonly Queue[] }) {
  return (
    <section className="board-part" aria-labelledby="board-queues">
      <h2 className="board-part__title" id="board-queues">
        {words.queues}
      </h2>
      <div className="board-queues">
        <div className="board-queue board-queues__heads" aria-hidden="true">
          <span>{words.queue}</span>
          <span>{words.waiting}</span>
          <span>{words.longest}</span>
          <span>{words.atRisk}</span>
          <span>{words.late}</span>
          <span>{words.inHand}</span>
          <span title={words.bars}>{words.lastHour}</span>
          <span>{words.median}</span>
          <span>{words.expected}</span>
        </div>
        {queues.length === 0 && <p className="board-part__none">{words.noQueues}</p>}
        <ul className="board-queues__rows">
          {queues.map((queue) => (
            <li key={queue.id} className="board-queue">
              <QueueFacts queue={queue} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function QueueFacts({ queue }: { queue: Queue }) {
  const { waiting, offered, declined, longestWaitSince, atRisk, late, inHand } = queue;
  return (
    <>
      <div className="board-queue__name">
        <h3 title={queue.name}>
          <bdi>{queue.name}</bdi>
        </h3>
        <Mark counts={queue} isOpen={queue.isOpen} />
      </div>
      <dl className="board-queue__facts">
        <Fact name={words.waiting} isMain>
          <Figured figure="waiting" queue={queue} count={waiting} mood={waiting > 0 ? "waiting" : "calm"} />
          {offered > 0 && <small>{words.waitingOf(offered)}</small>}
          {declined > 0 && <small className="board-declined">{words.declinedOf(declined)}</small>}
        </Fact>
        <Fact name={words.longest} isMain>
          {longestWaitSince === null ? <Nothing /> : <Ticking since={longestWaitSince} />}
        </Fact>
        <Fact name={words.atRisk}>
          <Figured figure="risky" queue={queue} count={atRisk} mood="risky" />
        </Fact>
        <Fact name={words.late}>
          <Figured figure="late" queue={queue} count={late} mood="late" />
        </Fact>
        <Fact name={words.inHand}>
          <Figured figure="hand" queue={queue} count={inHand} mood="calm" />
        </Fact>
        <Fact name={words.lastHour} isWide>
          <Bars buckets={queue.buckets} />
          <small>
            {words.arrived(queue.arrived)}, {words.assigned(queue.assigned)},{" "}
            {words.completed(queue.completed)}
          </small>
        </Fact>
        <Fact name={words.median}>
          <Length length={queue.medianWait} />
        </Fact>
        <Fact name={words.expected}>
          <Expected queue={queue} />
        </Fact>
      </dl>
    </>
  );
}

/** No time is foretold where nobody is there to take anything. */
function Expected({ queue }: { queue: Queue }) {
  if (!queue.isOpen) return <Closed opensAt={queue.opensAt} />;
  if (queue.available === 0) return <span className="board-queue__closed">{words.nobodyFor}</span>;
  return <Length length={queue.expectedWait} />;
}

interface FactProps {
  name: string;
  isMain?: boolean;
  isWide?: boolean;
  children: ReactNode;
}

function Fact({ name, isMain = false, isWide = false, children }: FactProps) {
  const kind = isMain ? "board-fact--main" : isWide ? "board-fact--wide" : "";
  return (
    <div className={`board-fact ${kind}`}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface FiguredProps {
  figure: Exclude<Figure, "agent">;
  queue: Queue;
  count: number;
  mood: Mood;
}

/** What is behind it is a click away. */
function Figured({ figure, queue, count, mood }: FiguredProps) {
  if (count === 0) return <span className="board-figure board-figure--none">0</span>;
  return (
    <a
      className={`board-figure board-figure--${mood}`}
      href={linkBehind(figure, queue.id)}
      aria-label={words.figure(words.behind[figure](queue.name), count.toLocaleString())}
    >
      {count.toLocaleString()}
    </a>
  );
}

export function Length({ length }: { length: number | null }) {
  if (length === null) return <Nothing />;
  return (
    <>
      <span aria-hidden="true">{aboutWords(length)}</span>
      <span className="sr-only">{spokenWords(length)}</span>
    </>
  );
}

function Closed({ opensAt }: { opensAt: string | null }) {
  const opens = opensAt === null ? null : words.opens(upcomingTime(opensAt, serverNow()));
  return (
    <span className="board-queue__closed">
      {words.closed}
      {opens !== null && <small>{opens}</small>}
    </span>
  );
}

function Nothing() {
  return (
    <span className="board-figure--none">
      <span aria-hidden="true">{words.unknown}</span>
      <span className="sr-only">{words.notKnown}</span>
    </span>
  );
}
