import { ArrowDown, ArrowUp, Plus } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { formatRoute } from "../../navigation/route.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, WhenLoaded } from "../Page.tsx";
import { useCriteriaFields } from "../slas/fields.ts";
import { whomInWords } from "../slas/promise-words.ts";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { RoutingPage } from "./RoutingPage.tsx";
import { loadRules, orderRules, type Rule, type Rules } from "./rules.ts";

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
  return (
    <RoutingPage tab="rules" action={addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(all) =>
          all.rules.length === 0 ? (
            <NothingYet title={words.noRulesTitle} text={words.noRulesText} />
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

/** Moved by their buttons or by hand. */
function Ordered({ all: { rules, queues }, onOrder }: OrderedProps) {
  const fields = useCriteriaFields();
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState<number | null>(null);
  const move = (from: number, to: number) => {
    const rule = rules[from];
    if (rule === undefined || rules[to] === undefined || from === to) return;
    const others = rules.filter((one) => one !== rule);
    onOrder([...others.slice(0, to), rule, ...others.slice(to)]);
    setSaid(words.moved(rule.name, to + 1, rules.length));
  };
  return (
    <>
      <ol className="entries" aria-label={words.tabs.rules}>
        {rules.map((rule, index) => (
          <li
            key={rule.id}
            className={`rules__row ${dragged === index ? "rules__row--dragged" : ""}`}
            draggable
            onDragStart={() => setDragged(index)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event: DragEvent) => {
              if (dragged !== null) event.preventDefault();
            }}
            onDrop={(event: DragEvent) => {
              event.preventDefault();
              if (dragged !== null) move(dragged, index);
              setDragged(null);
            }}
          >
            <span className="rules__place" aria-hidden="true">
              {index + 1}
            </span>
            <a
              className="entries__entry rules__link"
              draggable={false}
              href={formatRoute({ screen: "settings", path: ["routing", "rules", rule.id] })}
            >
              <span className="entries__words">
                <span className="entries__name" dir="auto">
                  {rule.name}
                </span>
                <span className="rules__facts">{whomInWords(rule.query, fields)}</span>
                <span className="rules__facts" dir="auto">
                  {words.into(queues.find(({ id }) => id === rule.queue)?.name ?? "")}
                </span>
              </span>
              {!rule.isEnabled && <span className="mark">{words.isOff}</span>}
            </a>
            <button
              type="button"
              className="icon-button icon-button--small"
              aria-label={words.moveUp(rule.name)}
              // Not disabled: the focus would be lost on the way.
              aria-disabled={index === 0}
              onClick={() => move(index, index - 1)}
            >
              <ArrowUp size={14} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="icon-button icon-button--small"
              aria-label={words.moveDown(rule.name)}
              aria-disabled={index === rules.length - 1}
              onClick={() => move(index, index + 1)}
            >
              <ArrowDown size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
      <p className="field__hint routing-hint">
        {words.otherwiseInto(queues.find(({ isDefault }) => isDefault)?.name ?? "")}
      </p>
      <p className="sr-only" role="status">
        {said}
      </p>
    </>
  );
}
