import { useEffect } from "react";

import { nameOf, useDirectory } from "../desk/directory.ts";
import { loadAgents, loadMissing } from "../desk/load.ts";
import { changeDesk, currentDesk, useDesk } from "../desk/store.ts";
import { formatRoute, HOME } from "../navigation/route.ts";
import { DeclinedFacts } from "../work/DeclinedNote.tsx";
import { type Declined, useDeclined } from "../work/declined.ts";
import { words } from "../work/declined-words.ts";
import { GiveAway } from "../work/GiveAway.tsx";
import "./declined-work.css";

/** What fits above the queues; the rest is counted there. */
const MOST_SHOWN = 5;

/** What nobody wants, the longest first: a lead decides who takes it. */
export function DeclinedWork() {
  const declined = useDeclined((state) => state.declined);
  const shown = [...declined.values()].slice(0, MOST_SHOWN);
  const ids = shown.map(({ conversation }) => conversation).join();
  useEffect(() => {
    if (ids === "") return;
    // Loads are not on the wire: they are true for the moment somebody looks.
    loadAgents().catch(() => undefined);
    askWhoseTheyAre(ids.split(","));
  }, [ids]);
  if (shown.length === 0) return null;
  const more = declined.size - shown.length;
  return (
    <section className="board-part" aria-labelledby="board-declined">
      <h2 className="board-part__title" id="board-declined">
        {words.list}
      </h2>
      <p className="board-declined__text">{words.listText}</p>
      <ul className="board-declined__rows">
        {shown.map((one) => (
          <li key={one.conversation} className="board-declined__row">
            <DeclinedRow declined={one} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="board-part__none">{words.more(more)}</p>}
    </section>
  );
}

function DeclinedRow({ declined }: { declined: Declined }) {
  const { conversation, queue } = declined;
  const name = useDesk((desk) => desk.conversations.get(conversation)?.customerName);
  const from = useDirectory(({ queues }) => nameOf(queues, queue));
  return (
    <>
      <p className="board-declined__words">
        <a href={formatRoute({ ...HOME, list: "unassigned", conversation })}>
          <bdi>{name ?? words.somebody}</bdi>
        </a>
        {from !== null && (
          <span>
            {" "}
            · <bdi>{from}</bdi>
          </span>
        )}
        <br />
        <DeclinedFacts declined={declined} />
      </p>
      <GiveAway conversation={conversation} />
    </>
  );
}

/** Nobody's list need have brought them. */
function askWhoseTheyAre(conversations: readonly string[]): void {
  const unknown = conversations.filter((id) => !currentDesk().confirmed.has(id));
  if (unknown.length === 0) return;
  changeDesk((desk) => {
    for (const id of unknown) desk.missing.set(id, 0);
  });
  loadMissing().catch(() => undefined);
}
