import { Plus } from "lucide-react";
import { useRef, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, WhenLoaded } from "../Page.tsx";
import { useCriteriaFields } from "../slas/fields.ts";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { RoutingPage } from "./RoutingPage.tsx";
import { RuleRow } from "./RuleRow.tsx";
import { hidesOthers, ruleInWords } from "./rule-words.ts";
import { loadRules, orderRules, type Rule, type Rules } from "./rules.ts";
import { words as ours } from "./rules-en.ts";
import { TryRules } from "./TryRules.tsx";

/** Into which queue work goes, by what it is about. */
export function RuleList() {
  const { loaded, reload, show } = useLoaded(loadRules);
  // One after the other: of two that overtake each other the older would win.
  const ordering = useRef(Promise.resolve());
  const order = (before: Rules, wanted: readonly Rule[]) => {
    show({ ...before, rules: wanted });
    ordering.current = ordering.current.then(async () => {
      try {
        await orderRules(wanted);
      } catch (error) {
        showToast(words.failed(wordsFor(error)), { tone: "problem" });
        reload();
      }
    });
  };
  const addButton = (
    <button
      type="button"
      className="button button--primary"
      onClick={() => goToSettings("routing", "rules", "new")}
    >
      <Plus size={15} aria-hidden="true" />
      {words.addRule}
    </button>
  );
  const isEmpty = loaded.state === "ready" && loaded.data.rules.length === 0;
  return (
    <RoutingPage tab="rules" action={isEmpty ? undefined : addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(all) =>
          all.rules.length === 0 ? (
            <NothingYet title={words.noRulesTitle} text={words.noRulesText}>
              {addButton}
            </NothingYet>
          ) : (
            <Ordered all={all} onOrder={(rules) => order(all, rules)} />
          )
        }
      </WhenLoaded>
    </RoutingPage>
  );
}

interface OrderedProps {
  all: Rules;
  onOrder: (rules: readonly Rule[]) => void;
}

/** As they are asked, what each of them does, and what they say of a conversation. */
function Ordered({ all, onOrder }: OrderedProps) {
  const { rules, queues } = all;
  const fields = useCriteriaFields();
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState<number | null>(null);
  const hiding = hidesOthers(rules);
  const move = (from: number, to: number) => {
    const rule = rules[from];
    if (rule === undefined || rules[to] === undefined || from === to) return;
    const others = rules.filter((one) => one !== rule);
    onOrder([...others.slice(0, to), rule, ...others.slice(to)]);
    setSaid(words.moved(rule.name, to + 1, rules.length));
  };
  return (
    <>
      {hiding !== null && <p className="settings-page__warning routing-warning">{ours.hides(hiding.name)}</p>}
      <ol className="entries" aria-label={words.tabs.rules}>
        {rules.map((rule, place) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            place={place}
            count={rules.length}
            said={ruleInWords(rule, all, fields)}
            isDragged={dragged === place}
            onMove={(to) => move(place, to)}
            onDrag={(isDragged) => setDragged(isDragged ? place : null)}
            onDrop={
              dragged === null
                ? null
                : () => {
                    move(dragged, place);
                    setDragged(null);
                  }
            }
          />
        ))}
      </ol>
      <p className="field__hint routing-hint">
        {words.otherwiseInto(queues.find(({ isDefault }) => isDefault)?.name ?? "")} {ours.keys}
      </p>
      <p className="sr-only" role="status">
        {said}
      </p>
      <TryRules queues={queues} fields={fields} />
    </>
  );
}
