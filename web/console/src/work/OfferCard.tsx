import { useId } from "react";

import { nameOf, useDirectory } from "../desk/directory.ts";
import { useDesk } from "../desk/store.ts";
import { words } from "./en.ts";
import { accept, decline, type Offer } from "./offers.ts";
import { Ring } from "./Ring.tsx";
import { useSeconds } from "./use-seconds.ts";

interface OfferCardProps {
  offer: Offer;
  /** Those behind it are drawn short. */
  isFirst: boolean;
  /** The keys answer this one. */
  hasKeys: boolean;
}

/** Who asks for this agent, with what, and why them: to be answered before the time is up. */
export function OfferCard({ offer, isFirst, hasKeys }: OfferCardProps) {
  const { item, conversation: id, queue, endsAt, lastsMs, why, isAnswered } = offer;
  const conversation = useDesk((desk) => desk.conversations.get(id));
  const queueName = useDirectory(({ queues }) => nameOf(queues, queue));
  const left = useSeconds(endsAt);
  const title = useId();
  return (
    <li className={`offer ${isFirst ? "" : "offer--later"}`} aria-labelledby={title}>
      <div className="offer__head">
        <Ring left={left} seconds={Math.round(lastsMs / 1_000)} />
        <div className="offer__who">
          <h3 className="offer__name" id={title} dir="auto">
            {conversation?.customerName ?? words.somebody}
          </h3>
          <p className="offer__from">
            {queueName !== null && <span dir="auto">{words.from(queueName)}</span>}
            <span className="sr-only">{words.seconds(left)}</span>
          </p>
        </div>
      </div>
      {conversation !== undefined && conversation.preview !== "" && (
        <p className="offer__words" dir="auto">
          {conversation.preview}
        </p>
      )}
      {why !== "" && isFirst && (
        <p className="offer__why" title={words.inHand}>
          {why}
        </p>
      )}
      <div className="offer__answers">
        <button
          type="button"
          className="button"
          disabled={isAnswered}
          aria-keyshortcuts={hasKeys ? "x" : undefined}
          onClick={() => void decline(item)}
        >
          {words.decline}
          {hasKeys && <Key name="X" />}
        </button>
        <button
          type="button"
          className="button button--primary"
          disabled={isAnswered}
          aria-keyshortcuts={hasKeys ? "Enter" : undefined}
          onClick={() => void accept(item)}
        >
          {words.accept}
          {hasKeys && <Key name="Enter" />}
        </button>
      </div>
    </li>
  );
}

function Key({ name }: { name: string }) {
  return (
    <span className="offer__key" aria-hidden="true">
      {name}
    </span>
  );
}
