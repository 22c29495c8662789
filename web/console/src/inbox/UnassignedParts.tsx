import { useEffect, useState } from "react";
import { shownCounts } from "../desk/desk.ts";
import { currentDesk, subscribeToDesk, useDesk } from "../desk/store.ts";
import { inTurn } from "../live/in-turn.ts";
import { formatRoute, HOME } from "../navigation/route.ts";
import { countMatches } from "../views/rows.ts";
import { words } from "./en.ts";
import { nameOfPart, PART_VIEWS, type Part } from "./unassigned.ts";
import "./unassigned.css";

/** Counting looks at much: not for every event. */
const COUNT_EVERY_MS = 3_000;

/** What nobody has, whole or one part of it. There while chats have ended that nobody answered. */
export function UnassignedParts({ part }: { part: Part | null }) {
  const ended = useEnded();
  const all = useDesk((desk) => shownCounts(desk).unassigned);
  if (part === null && (ended ?? 0) === 0) return null;
  return (
    <nav className="parts" aria-label={words.partsOf}>
      <PartLink name={words.parts.all} count={all} view={null} isCurrent={part === null} />
      <PartLink
        name={words.parts.waiting.name}
        count={ended === null ? null : Math.max(0, all - ended)}
        view={nameOfPart("waiting")}
        isCurrent={part === "waiting"}
      />
      <PartLink
        name={words.parts.ended.name}
        count={ended}
        view={nameOfPart("ended")}
        isCurrent={part === "ended"}
      />
    </nav>
  );
}

interface PartLinkProps {
  name: string;
  count: number | null;
  view: string | null;
  isCurrent: boolean;
}

function PartLink({ name, count, view, isCurrent }: PartLinkProps) {
  return (
    <a
      className="parts__link"
      href={formatRoute({ ...HOME, list: "unassigned", view })}
      aria-current={isCurrent ? "page" : undefined}
    >
      {name}
      {count !== null && (
        <>
          <span className="parts__count" aria-hidden="true">
            {count.toLocaleString()}
          </span>
          <span className="sr-only">, {words.count(count)}</span>
        </>
      )}
    </a>
  );
}

/** How many chats ended that nobody has and nobody answered; null until it is known. */
function useEnded(): number | null {
  const [ended, setEnded] = useState<number | null>(null);
  useEffect(() => {
    const { context, query } = PART_VIEWS.ended;
    const counting = inTurn(async (signal) => {
      const count = await countMatches(context, query, signal);
      if (!signal.aborted) setEnded(count);
    }, COUNT_EVERY_MS);
    let seen = currentDesk().version;
    const stop = subscribeToDesk(({ version }) => {
      if (version !== seen) counting.soon();
      seen = version;
    });
    counting.now();
    return () => {
      stop();
      counting.stop();
    };
  }, []);
  return ended;
}
