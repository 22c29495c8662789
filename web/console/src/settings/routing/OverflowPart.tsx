import { Select, Tick } from "../Fields.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { lacksTerms } from "./lacks.ts";
import { NumberField } from "./NumberField.tsx";
import type { Overflow, Queue } from "./queues.ts";

interface OverflowPartProps {
  overflow: Overflow | null;
  others: readonly Queue[];
  isAsked: boolean;
  onChange: (overflow: Overflow | null) => void;
}

const MINUTE = 60;

/** When work goes on to another queue by itself. */
export function OverflowPart({ overflow, others, isAsked, onChange }: OverflowPartProps) {
  if (others.length === 0 && overflow === null) return null;
  return (
    <Part title={words.overflow} text={words.overflowText}>
      <div className="fields">
        <Tick
          label={words.overflowOn}
          isOn={overflow !== null}
          onTick={(isOn) => onChange(isOn ? firstOverflow(others) : null)}
        />
        {overflow !== null && (
          <div className="fields routing-pairs">
            <NumberField
              label={words.afterMinutes}
              hint={words.orEmpty}
              value={overflow.afterSeconds === null ? null : overflow.afterSeconds / MINUTE}
              least={1}
              most={1_440}
              onChange={(minutes) =>
                onChange({ ...overflow, afterSeconds: minutes === null ? null : minutes * MINUTE })
              }
            />
            <NumberField
              label={words.overWaiting}
              hint={words.orEmpty}
              value={overflow.overWaiting}
              least={1}
              most={100_000}
              onChange={(overWaiting) => onChange({ ...overflow, overWaiting })}
            />
            <Select
              label={words.toQueue}
              value={overflow.toQueue}
              options={others.map(({ id, name }) => [id, name] as const)}
              onPick={(toQueue) => onChange({ ...overflow, toQueue })}
            />
          </div>
        )}
        <p className="field__problem" role="alert">
          {isAsked && overflow !== null && lacksTerms(overflow) && words.lacksTerms}
        </p>
      </div>
    </Part>
  );
}

function firstOverflow(others: readonly Queue[]): Overflow {
  const to = others.find(({ isDefault }) => isDefault) ?? others[0];
  return { toQueue: to?.id ?? "", afterSeconds: 5 * MINUTE, overWaiting: null };
}
