import { ChevronRight, Plus } from "lucide-react";
import { useEffect } from "react";

import { goToSettings } from "../../navigation/navigation.ts";
import { formatRoute } from "../../navigation/route.ts";
import { WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { loadQueuesWithWaits, type QueueWithWaits } from "./queues.ts";
import { RoutingPage } from "./RoutingPage.tsx";

const LOOK_EVERY_MS = 15_000;

/** Where work waits, and how much of it does at this moment. */
export function QueueList() {
  const { loaded, reload } = useLoaded(loadQueuesWithWaits);
  useEffect(() => {
    const timer = setInterval(reload, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const addButton = (
    <button
      type="button"
      className="button button--primary"
      onClick={() => goToSettings("routing", "queues", "new")}
    >
      <Plus size={15} aria-hidden="true" />
      {words.addQueue}
    </button>
  );
  return (
    <RoutingPage tab="queues" action={addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(queues) => (
          <ul className="entries" aria-label={words.tabs.queues}>
            {queues.map((one) => (
              <li key={one.queue.id}>
                <QueueRow {...one} />
              </li>
            ))}
          </ul>
        )}
      </WhenLoaded>
    </RoutingPage>
  );
}

function QueueRow({ queue, waits }: QueueWithWaits) {
  const { id, name, isDefault, priority, weight, acceptance, overflow } = queue;
  return (
    <a className="entries__entry" href={formatRoute({ screen: "settings", path: ["routing", "queues", id] })}>
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {name}
        </span>
        <span className="entries__facts">
          <span>{words.priorityIs(priority)}</span>
          {weight > 1 && <span>{words.weightIs(weight)}</span>}
          {acceptance !== null && <span>{words.acceptances[acceptance]}</span>}
          {overflow !== null && <span>{words.overflows}</span>}
        </span>
      </span>
      <span className="queue-marks">
        {isDefault && <span className="mark">{words.isDefault}</span>}
        {waits !== null && (
          <span className={`queue-marks__waiting ${waits.waiting > 0 ? "queue-marks__waiting--some" : ""}`}>
            {words.waiting(waits.waiting)}
            {waits.longestMs !== null && waits.waiting > 0 && ` · ${words.longest(waits.longestMs)}`}
          </span>
        )}
      </span>
      <ChevronRight className="entries__more" size={16} aria-hidden="true" />
    </a>
  );
}
