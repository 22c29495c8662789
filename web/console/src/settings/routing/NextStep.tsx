import { formatRoute } from "../../navigation/route.ts";
import type { QueueWithWaits } from "./queues.ts";
import type { RuleName } from "./rules.ts";
import { words } from "./serving-en.ts";
import type { AllStaffing } from "./staffing.ts";
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
  const isForAll = staffing.get(id)?.crews.every(({ team }) => team === null) === true;
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
        {isForAll && (
          <li>
            <a href={formatRoute({ screen: "settings", path: ["routing", "teams"] })}>{words.nextTeam}</a>{" "}
            <span className="field__hint">{words.nextTeamHint}</span>
          </li>
        )}
      </ul>
    </div>
  );
}
