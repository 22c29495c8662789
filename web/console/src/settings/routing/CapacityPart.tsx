import { Plus, X } from "lucide-react";
import { Select } from "../../forms/Fields.tsx";
import { words as viewWords } from "../../views/en.ts";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { NumberField } from "./NumberField.tsx";
import type { Resolved, Terms } from "./profiles.ts";
import { YesNo } from "./YesNo.tsx";

export interface TermsPartProps {
  terms: Terms;
  /** What holds where nothing is said, as far as it is known. */
  otherwise: Partial<Resolved>;
  /** What it is called to say nothing. */
  followed: string;
  onChange: (patch: Partial<Terms>) => void;
}

/** How much one agent has at once. */
export function CapacityPart({ terms, otherwise, followed, onChange }: TermsPartProps) {
  return (
    <Part title={words.capacity} text={words.capacityText}>
      <div className="fields">
        <div className="fields__two">
          <NumberField
            label={words.capacityField}
            hint={words.capacityHint}
            value={terms.capacityPerAgent}
            least={1}
            most={1_000}
            otherwise={otherwise.capacityPerAgent ?? 4}
            onChange={(capacityPerAgent) => onChange({ capacityPerAgent })}
          />
          <YesNo
            label={words.pauseLower}
            hint={words.pauseLowerHint}
            value={terms.pauseLowerPriority}
            otherwise={otherwise.pauseLowerPriority}
            followed={followed}
            onPick={(pauseLowerPriority) => onChange({ pauseLowerPriority })}
          />
        </div>
        <Select
          label={words.channels}
          hint={words.channelsHint}
          value={terms.channelWeights === null ? "follow" : "own"}
          options={[
            ["follow", followed],
            ["own", words.ownWeights],
          ]}
          onPick={(picked) =>
            onChange({ channelWeights: picked === "follow" ? null : (otherwise.channelWeights ?? {}) })
          }
        />
        {terms.channelWeights !== null && (
          <Weights
            weights={terms.channelWeights}
            onChange={(channelWeights) => onChange({ channelWeights })}
          />
        )}
        <Select
          label={words.byPriority}
          hint={words.byPriorityHint}
          value={terms.capacityByPriority === null ? "follow" : "own"}
          options={[
            ["follow", followed],
            ["own", words.ownLimits],
          ]}
          onPick={(picked) =>
            onChange({
              capacityByPriority: picked === "follow" ? null : (otherwise.capacityByPriority ?? {}),
            })
          }
        />
        {terms.capacityByPriority !== null && (
          <Limits
            limits={terms.capacityByPriority}
            onChange={(capacityByPriority) => onChange({ capacityByPriority })}
          />
        )}
      </div>
    </Part>
  );
}

type Numbers = Readonly<Record<string, number>>;

interface WeightsProps {
  weights: Numbers;
  onChange: (weights: Numbers) => void;
}

function Weights({ weights, onChange }: WeightsProps) {
  return (
    <div className="fields__two routing-inset">
      {Object.entries(viewWords.channels).map(([channel, name]) => (
        <NumberField
          key={channel}
          label={name}
          value={weights[channel] ?? null}
          least={1}
          most={1_000}
          otherwise={1}
          onChange={(weight) => {
            const { [channel]: _, ...others } = weights;
            onChange(weight === null ? others : { ...others, [channel]: weight });
          }}
        />
      ))}
    </div>
  );
}

interface LimitsProps {
  limits: Numbers;
  onChange: (limits: Numbers) => void;
}

const FIRST_PRIORITY = 50;

/** By priority, how much of a capacity may be of it. */
function Limits({ limits, onChange }: LimitsProps) {
  const rows = Object.entries(limits).sort(([one], [other]) => Number(one) - Number(other));
  const replace = (before: string, priority: string, units: number) => {
    const { [before]: _, ...others } = limits;
    onChange({ ...others, [priority]: units });
  };
  return (
    <div className="routing-inset fields">
      {rows.map(([priority, units], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, so that a field keeps the focus
        <div key={place} className="limits__row">
          <NumberField
            label={words.ofPriority}
            value={Number(priority)}
            least={1}
            most={100}
            onChange={(wanted) => {
              if (wanted !== null && !(String(wanted) in limits)) replace(priority, String(wanted), units);
            }}
          />
          <NumberField
            label={words.atMost}
            value={units}
            least={1}
            most={1_000}
            onChange={(wanted) => replace(priority, priority, wanted ?? Number.NaN)}
          />
          <button
            type="button"
            className="icon-button limits__remove"
            aria-label={words.removeLimit(priority)}
            onClick={() => {
              const { [priority]: _, ...others } = limits;
              onChange(others);
            }}
          >
            <X size={15} aria-hidden="true" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="button limits__add"
        disabled={rows.length >= 20}
        onClick={() => onChange({ ...limits, [String(nextPriority(limits))]: 1 })}
      >
        <Plus size={14} aria-hidden="true" />
        {words.addLimit}
      </button>
    </div>
  );
}

function nextPriority(limits: Numbers): number {
  let priority = FIRST_PRIORITY;
  while (String(priority) in limits) priority = (priority % 100) + 1;
  return priority;
}
