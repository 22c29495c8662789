import { ChevronRight } from "lucide-react";

import { formatRoute } from "../../navigation/route.ts";
import { Part } from "../Page.tsx";
import type { Queue } from "./queues.ts";
import type { RuleName } from "./rules.ts";
import { words } from "./serving-en.ts";
import { usesOf } from "./uses.ts";

interface FilledByProps {
  queue: Queue;
  others: readonly Queue[];
  rules: readonly RuleName[];
}

/** What puts work into a queue. */
export function FilledBy({ queue, others, rules }: FilledByProps) {
  const uses = usesOf(queue, others, rules);
  const newRule = formatRoute({ screen: "settings", path: ["routing", "rules", "new", queue.id] });
  return (
    <Part title={words.fills} text={queue.isDefault ? words.fillsDefault : words.fillsText}>
      {uses.length > 0 ? (
        <ul className="entries" aria-label={words.fills}>
          {uses.map(({ path, name, isOff }) => (
            <li key={path.join("/")}>
              <a className="entries__entry" href={formatRoute({ screen: "settings", path })}>
                <span className="entries__words">
                  <span className="entries__name" dir="auto">
                    {name}
                  </span>
                </span>
                {isOff && <span className="mark">{words.ruleIsOff}</span>}
                <ChevronRight className="entries__more" size={16} aria-hidden="true" />
              </a>
            </li>
          ))}
        </ul>
      ) : (
        !queue.isDefault && (
          <p className="field__hint">
            {words.noRule} <a href={newRule}>{words.addRuleInto}</a>
          </p>
        )
      )}
    </Part>
  );
}
