import { formatRoute } from "../../navigation/route.ts";
import type { QueueWithWaits } from "./queues.ts";
import type { RuleName } from "./rules.ts";
import { words } from "./serving-en.ts";
import { type AllStaffing, withoutTeam } from "./staffing.ts";
import { usesOf } from "./uses.ts";

interface NextStepProps {
  queues: readonly QueueWithWaits[];
  rules: readonly RuleName[];
  staffing: AllStaffing;
}

/** What a queue still needs to be of use, of the first that lacks something. */
export function NextStep({ queues, rules, staffing }: NextStepProps) {
  const all = queues.map(({ queue }) => queue);
  const lacksRule = all.find(
    (queue) =>
      !queue.isDefault &&
      usesOf(
        queue,
        all.filter((one) => one !== queue),
        rules,
      ).length === 0,
  );
  if (lacksRule === undefined) return null;
  const { id, name } = lacksRule;
  const served = staffing.get(id);
  return (
    <div className="next-step">
      <p className="next-step__title" dir="auto">
        {words.nextTitle(name)}
      </p>
      <ul className="next-step__steps">
        <li>
          <a href={formatRoute({ screen: "settings", path: ["routing", "rules", "new", id] })}>
            {words.nextRule}
          </a>
        </li>
        {served?.crews.every(({ team }) => team === null) && (
          <li>
            <a href={formatRoute({ screen: "settings", path: ["routing", "teams"] })}>{words.nextTeam}</a>{" "}
            <span className="field__hint">{words.untilThen[withoutTeam(served)]}</span>
          </li>
        )}
      </ul>
    </div>
  );
}
