import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useState } from "react";

import { isJson, text } from "../../desk/reading.ts";
import { Select } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import { useCriteriaFields } from "../slas/fields.ts";
import { whomInWords } from "../slas/promise-words.ts";
import { queryFrom } from "../slas/slas.ts";
import { words } from "./en.ts";
import { RuleFields } from "./RuleFields.tsx";
import type { PartProps } from "./ScenarioForm.tsx";
import { isCalled, type Json, rulesOf, withRules } from "./scenario.ts";
import type { Today } from "./today.ts";

/** Into which queue work goes: by the rules that there were, or by these instead of all of them. */
export function RulesPart({ scenario, today, onChange }: PartProps) {
  const rules = rulesOf(scenario);
  return (
    <Part title={words.rules} text={words.rulesText}>
      <div className="fields">
        <Select
          label={words.rulesWhich}
          value={rules === null ? "then" : "others"}
          options={[
            ["then", words.rulesThen],
            ["others", words.rulesOthers],
          ]}
          onPick={(which) =>
            onChange(withRules(scenario, which === "then" ? null : (rules ?? rulesToday(today))))
          }
        />
        {rules !== null && (
          <Ordered
            rules={rules}
            today={today}
            onChange={(changed) => onChange(withRules(scenario, changed))}
          />
        )}
      </div>
    </Part>
  );
}

interface OrderedProps {
  rules: readonly Json[];
  today: Today;
  onChange: (rules: readonly Json[]) => void;
}

/** One below the other, as they are asked; one of them is open. */
function Ordered({ rules, today, onChange }: OrderedProps) {
  const fields = useCriteriaFields();
  const [open, setOpen] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const nameOf = (rule: Json) => text(rule.name) || words.unnamedRule;
  const move = (from: number, to: number) => {
    const rule = rules[from];
    if (rule === undefined || rules[to] === undefined) return;
    const others = rules.filter((_, place) => place !== from);
    onChange([...others.slice(0, to), rule, ...others.slice(to)]);
    if (open === from || open === to) setOpen(open === from ? to : from);
    setSaid(words.moved(nameOf(rule), to + 1, rules.length));
  };
  const add = () => {
    onChange([...rules, { name: words.newRule, queue: today.queues[0]?.id ?? "", criteria: {} }]);
    setOpen(rules.length);
  };
  return (
    <>
      <ol className="scenario__rules" aria-label={words.rules}>
        {rules.map((rule, place) => {
          const isOpen = open === place;
          const queue = today.queues.find((one) => isCalled(one, rule.queue))?.name ?? text(rule.queue);
          const query = queryFrom(isJson(rule.criteria) ? rule.criteria : {});
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the order
            <li key={place} className="scenario__rule">
              <div className="scenario__rule-line">
                <button
                  type="button"
                  className="scenario__rule-name"
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? null : place)}
                >
                  <span dir="auto">{`${place + 1}. ${nameOf(rule)}`}</span>
                  <span className="field__hint">{whomInWords(query, fields)}</span>
                  <span className="field__hint" dir="auto">
                    {words.into(queue)}
                  </span>
                </button>
                <RuleButton
                  label={words.moveUp(nameOf(rule))}
                  isOff={place === 0}
                  icon={ArrowUp}
                  onPress={() => move(place, place - 1)}
                />
                <RuleButton
                  label={words.moveDown(nameOf(rule))}
                  isOff={place === rules.length - 1}
                  icon={ArrowDown}
                  onPress={() => move(place, place + 1)}
                />
                <RuleButton
                  label={words.removeRule(nameOf(rule))}
                  icon={X}
                  onPress={() => {
                    onChange(rules.filter((_, one) => one !== place));
                    setOpen(null);
                    setSaid(words.ruleRemoved(nameOf(rule)));
                  }}
                />
              </div>
              {isOpen && (
                <RuleFields
                  rule={rule}
                  today={today}
                  fields={fields}
                  onChange={(changed) =>
                    onChange(rules.map((one, index) => (index === place ? changed : one)))
                  }
                />
              )}
            </li>
          );
        })}
      </ol>
      {rules.length === 0 && <p className="field__hint">{words.noRules}</p>}
      <button type="button" className="button scenario__add" onClick={add}>
        <Plus size={15} aria-hidden="true" />
        {words.addRule}
      </button>
      <p className="sr-only" role="status">
        {said}
      </p>
    </>
  );
}

interface RuleButtonProps {
  label: string;
  icon: typeof X;
  /** Not disabled: the focus would be lost on the way. */
  isOff?: boolean;
  onPress: () => void;
}

function RuleButton({ label, icon: Icon, isOff = false, onPress }: RuleButtonProps) {
  return (
    <button
      type="button"
      className="icon-button icon-button--small"
      aria-label={label}
      aria-disabled={isOff}
      onClick={onPress}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}

/** The rules of today as a scenario has them. */
function rulesToday({ rules }: Today): readonly Json[] {
  return rules.map(({ name, queue, criteria, skills, priority, preferred }) => ({
    name,
    queue,
    ...(Object.keys(criteria).length === 0 ? {} : { criteria }),
    ...(Object.keys(skills).length === 0 ? {} : { skills }),
    ...(priority === null ? {} : { priority }),
    ...(preferred === null ? {} : { preferred }),
  }));
}
