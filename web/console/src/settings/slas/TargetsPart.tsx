import { useId } from "react";
import { Tick } from "../../forms/Fields.tsx";
import { METRICS, type Metric } from "../../sla/sla.ts";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { LengthField } from "./LengthField.tsx";
import { isOdd } from "./lengths.ts";
import { lackOf, noneByPriority, PRIORITIES, type Target, type Targets } from "./targets.ts";

interface TargetsPartProps {
  targets: Targets;
  isAsked: boolean;
  onChange: (targets: Targets) => void;
}

/** How long each thing may take, of all conversations or by their priority. */
export function TargetsPart({ targets, isAsked, onChange }: TargetsPartProps) {
  const isNothing = !Object.values(targets).some(({ isOn }) => isOn);
  return (
    <Part title={words.targets} text={words.targetsText}>
      <div className="targets">
        {METRICS.map((metric) => (
          <TargetFields
            key={metric}
            metric={metric}
            target={targets[metric]}
            isAsked={isAsked}
            onChange={(target) => onChange({ ...targets, [metric]: target })}
          />
        ))}
      </div>
      {isAsked && isNothing && (
        <p className="field__problem" role="alert">
          {words.lacksTargets}
        </p>
      )}
    </Part>
  );
}

interface TargetFieldsProps {
  metric: Metric;
  target: Target;
  isAsked: boolean;
  onChange: (target: Target) => void;
}

function TargetFields({ metric, target, isAsked, onChange }: TargetFieldsProps) {
  const { name, hint } = words.metrics[metric];
  const id = useId();
  const lack = lackOf(target);
  const isSaid = lack === "odd" || (isAsked && lack === "length");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border
    <div className="targets__target" role="group" aria-label={name}>
      <Tick label={name} hint={hint} isOn={target.isOn} onTick={(isOn) => onChange({ ...target, isOn })} />
      {target.isOn && (
        <div className="targets__times">
          <div className="targets__time">
            <span className="targets__label" aria-hidden="true">
              {target.byPriority === null ? words.withinShort : words.othersToo}
            </span>
            <LengthField
              label={words.within(name)}
              length={target.any}
              isOdd={isOdd(target.any) || (isSaid && lack === "length")}
              describedBy={id}
              onChange={(any) => onChange({ ...target, any })}
            />
          </div>
          {target.byPriority !== null && (
            <ByPriority
              byPriority={target.byPriority}
              any={target.any}
              metric={name}
              onChange={(byPriority) => onChange({ ...target, byPriority })}
            />
          )}
          <span id={id} className="field__about">
            {isSaid && (
              <span className="field__problem">{lack === "odd" ? words.oddLength : words.lacksLength}</span>
            )}
            {target.byPriority !== null && <span className="field__hint">{words.priorityHint}</span>}
          </span>
          <button
            type="button"
            className="button"
            aria-expanded={target.byPriority !== null}
            onClick={() =>
              onChange({
                ...target,
                byPriority: target.byPriority === null ? noneByPriority(target.any) : null,
              })
            }
          >
            {target.byPriority === null ? words.byPriority : words.oneForAll}
          </button>
        </div>
      )}
    </div>
  );
}

interface ByPriorityProps {
  any: Target["any"];
  metric: string;
  byPriority: NonNullable<Target["byPriority"]>;
  onChange: (byPriority: NonNullable<Target["byPriority"]>) => void;
}

function ByPriority({ byPriority, any, metric, onChange }: ByPriorityProps) {
  return PRIORITIES.map((priority) => (
    <div key={priority} className="targets__time">
      <span className="targets__label" aria-hidden="true">
        {words.priority(priority)}
      </span>
      <LengthField
        label={`${words.within(metric)}, ${words.priority(priority)}`}
        length={byPriority[priority]}
        otherwise={any}
        isOdd={isOdd(byPriority[priority])}
        onChange={(length) => onChange({ ...byPriority, [priority]: length })}
      />
    </div>
  ));
}
