import { X } from "lucide-react";

import { isJson, numberOrNull } from "../../desk/reading.ts";
import { Select, Tick } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import { NumberField } from "../routing/NumberField.tsx";
import { words } from "./en.ts";
import type { PartProps } from "./ScenarioForm.tsx";
import { isCalled, type Json, placeOf, saidAt, withSaid } from "./scenario.ts";
import type { KeyedQueue } from "./today.ts";

const MINUTE = 60;

/** Where work goes on to that waits too long: of queues whose overflow is otherwise, one after another. */
export function OverflowsPart({ scenario, today, onChange }: PartProps) {
  const placed = today.queues.map((queue) => ({ queue, path: [...placeOf(scenario, queue), "overflow"] }));
  const changed = placed.filter(({ path }) => saidAt(scenario, path) !== undefined);
  const left = placed.filter((one) => !changed.includes(one));
  const begin = (id: string) => {
    const one = left.find(({ queue }) => queue.id === id);
    if (one !== undefined) onChange(withSaid(scenario, one.path, firstOf(one.queue, today.queues)));
  };
  return (
    <Part title={words.overflow} text={words.overflowText}>
      <div className="fields">
        {changed.map(({ queue, path }) => (
          <One
            key={queue.id}
            queue={queue}
            queues={today.queues}
            said={saidAt(scenario, path)}
            onChange={(overflow) => onChange(withSaid(scenario, path, overflow))}
          />
        ))}
        {today.queues.length > 1 && left.length > 0 && (
          <Select
            label={words.overflowOf}
            value=""
            options={[["", words.pickQueue], ...left.map(({ queue: { id, name } }) => [id, name] as const)]}
            onPick={begin}
          />
        )}
        {today.queues.length < 2 && <p className="field__hint">{words.oneQueue}</p>}
      </div>
    </Part>
  );
}

interface OneProps {
  queue: KeyedQueue;
  queues: readonly KeyedQueue[];
  said: unknown;
  /** Null: it never overflows. Undefined: as it did. */
  onChange: (overflow: Json | null | undefined) => void;
}

function One({ queue, queues, said, onChange }: OneProps) {
  const overflow = isJson(said) ? said : null;
  const others = queues.filter(({ id }) => id !== queue.id);
  const after = numberOrNull(overflow?.afterSeconds);
  return (
    <fieldset className="scenario__box">
      <legend className="scenario__legend" dir="auto">
        {queue.name}
      </legend>
      <button
        type="button"
        className="icon-button scenario__away"
        aria-label={words.asItWas(queue.name)}
        title={words.asItWas(queue.name)}
        onClick={() => onChange(undefined)}
      >
        <X size={15} aria-hidden="true" />
      </button>
      <Tick
        label={words.overflows}
        isOn={overflow !== null}
        onTick={(isOn) => onChange(isOn ? firstOf(queue, queues) : null)}
      />
      {overflow !== null && (
        <div className="fields__two">
          <Select
            label={words.toQueue}
            value={others.find((one) => isCalled(one, overflow.toQueue))?.id ?? ""}
            options={[["", words.pickQueue], ...others.map(({ id, name }) => [id, name] as const)]}
            onPick={(toQueue) => onChange({ ...overflow, toQueue: toQueue === "" ? null : toQueue })}
          />
          <NumberField
            label={words.afterMinutes}
            hint={words.orEmpty}
            value={after === null ? null : after / MINUTE}
            least={1}
            most={1_440}
            onChange={(minutes) =>
              onChange({ ...overflow, afterSeconds: minutes === null ? null : Math.round(minutes * MINUTE) })
            }
          />
          <NumberField
            label={words.overWaiting}
            hint={words.orEmpty}
            value={numberOrNull(overflow.overWaiting)}
            least={1}
            most={100_000}
            onChange={(overWaiting) => onChange({ ...overflow, overWaiting })}
          />
        </div>
      )}
    </fieldset>
  );
}

/** As it is today, as far as it sends work on; else to the default queue after five minutes. */
function firstOf({ id, overflow }: KeyedQueue, queues: readonly KeyedQueue[]): Json {
  const others = queues.filter((one) => one.id !== id);
  const to = others.find(({ isDefault }) => isDefault) ?? others[0];
  return {
    toQueue: overflow?.toQueue ?? to?.id ?? null,
    afterSeconds: overflow === null ? 5 * MINUTE : overflow.afterSeconds,
    overWaiting: overflow?.overWaiting ?? null,
  };
}
