import { ChevronRight, Plus } from "lucide-react";

import { useNowIn } from "../../app/now.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { formatRoute } from "../../navigation/route.ts";
import { NothingYet, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { NextStep } from "./NextStep.tsx";
import { loadQueuesWithWaits, type QueueWithWaits } from "./queues.ts";
import { RoutingPage } from "./RoutingPage.tsx";
import { loadRuleNames } from "./rules.ts";
import { words as ours } from "./serving-en.ts";
import { crewsInWords, loadStaffing, type Staffing, unservedInWords } from "./staffing.ts";
import { useFollowing } from "./use-following.ts";

/** Where work waits, how much of it does at this moment, and who serves it. */
export function QueueList() {
  const { loaded, reload } = useLoaded(loadAll);
  useFollowing(reload, { work: true });
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
  const isFirst = loaded.state === "ready" && loaded.data.queues.length === 1;
  return (
    <RoutingPage tab="queues" action={isFirst ? undefined : addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(all) => (
          <>
            <NextStep {...all} />
            <ul className="entries" aria-label={words.tabs.queues}>
              {all.queues.map((one) => (
                <li key={one.queue.id}>
                  <QueueRow {...one} staffing={all.staffing.get(one.queue.id)} />
                </li>
              ))}
            </ul>
            {isFirst && (
              <div className="routing-first">
                <NothingYet title={ours.oneQueueTitle} text={ours.oneQueueText}>
                  {addButton}
                </NothingYet>
              </div>
            )}
          </>
        )}
      </WhenLoaded>
    </RoutingPage>
  );
}

async function loadAll() {
  const [queues, staffing, rules] = await Promise.all([
    loadQueuesWithWaits(),
    loadStaffing(),
    loadRuleNames(),
  ]);
  return { queues, staffing, rules };
}

function QueueRow({ queue, waits, staffing }: QueueWithWaits & { staffing: Staffing | undefined }) {
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
        {staffing !== undefined && <ServedLine staffing={staffing} />}
      </span>
      <span className="queue-marks">
        {isDefault && <span className="mark">{words.isDefault}</span>}
        {waits !== null && (
          <span className={`queue-marks__waiting ${waits.waiting > 0 ? "queue-marks__waiting--some" : ""}`}>
            {words.waiting(waits.waiting)}
            {waits.since !== null && waits.waiting > 0 && <Longest since={waits.since} />}
          </span>
        )}
      </span>
      <ChevronRight className="entries__more" size={16} aria-hidden="true" />
    </a>
  );
}

function Longest({ since }: { since: number }) {
  return ` · ${useNowIn((now) => words.longest(now - since))}`;
}

function ServedLine({ staffing }: { staffing: Staffing }) {
  if (!staffing.isServed) return <span className="served served--nobody">{unservedInWords(staffing)}</span>;
  return (
    <span className="served" dir="auto">
      {crewsInWords(staffing).join(" · ")}
      {staffing.here === 0 && <span className="served--nobody"> · {ours.nobodyHere}</span>}
    </span>
  );
}
