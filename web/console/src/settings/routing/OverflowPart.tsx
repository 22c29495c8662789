import { Select, TextArea, Tick } from "../../forms/Fields.tsx";
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

/** What happens when it takes too long: work goes on to another queue, or its customer is told. */
export function OverflowPart({ overflow, others, isAsked, onChange }: OverflowPartProps) {
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
            {(others.length > 0 || overflow.toQueue !== null) && (
              <Select
                label={words.toQueue}
                value={overflow.toQueue ?? ""}
                options={[["", words.toNoQueue], ...others.map(({ id, name }) => [id, name] as const)]}
                onPick={(picked) => onChange({ ...overflow, toQueue: picked === "" ? null : picked })}
              />
            )}
          </div>
        )}
        {overflow !== null && (
          <>
            <TextArea
              label={words.overflowMessage}
              hint={words.overflowMessageHint}
              value={overflow.message ?? ""}
              rows={2}
              maxLength={1_000}
              onChange={(event) => onChange({ ...overflow, message: event.target.value || null })}
            />
            <Tick
              label={words.overflowForm}
              hint={words.overflowFormHint}
              isOn={overflow.form}
              onTick={(form) => onChange({ ...overflow, form })}
            />
          </>
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
  return { toQueue: to?.id ?? null, afterSeconds: 5 * MINUTE, overWaiting: null, message: null, form: false };
}
