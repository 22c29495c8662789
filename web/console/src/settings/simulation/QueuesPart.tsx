import { Part } from "../Page.tsx";
import type { Queue } from "../routing/queues.ts";
import type { Draft } from "./draft.ts";
import { words } from "./en.ts";

interface QueuesPartProps {
  draft: Draft;
  queues: readonly Queue[];
  onChange: (patch: Partial<Draft>) => void;
}

/** Which queue goes first, and how heavy its work is. */
export function QueuesPart({ draft, queues, onChange }: QueuesPartProps) {
  return (
    <Part title={words.queues} text={words.queuesText}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too */}
      <div className="scenario__scrolls" tabIndex={0}>
        <table className="numbers" aria-label={words.queues}>
          <thead>
            <tr>
              <th scope="col">{words.queue}</th>
              <th scope="col">{words.priority}</th>
              <th scope="col">{words.weight}</th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ id, name }) => (
              <tr key={id}>
                <th scope="row" dir="auto">
                  {name}
                </th>
                <td>
                  <NumberCell
                    label={words.priorityOf(name)}
                    value={draft.priorities[id] ?? null}
                    most={100}
                    onChange={(value) => onChange({ priorities: { ...draft.priorities, [id]: value } })}
                  />
                </td>
                <td>
                  <NumberCell
                    label={words.weightOf(name)}
                    value={draft.weights[id] ?? null}
                    most={1_000}
                    onChange={(value) => onChange({ weights: { ...draft.weights, [id]: value } })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
}

interface NumberCellProps {
  label: string;
  value: number | null;
  most: number;
  onChange: (value: number | null) => void;
}

function NumberCell({ label, value, most, onChange }: NumberCellProps) {
  return (
    <input
      className="field__input numbers__input"
      type="number"
      inputMode="numeric"
      min={1}
      max={most}
      step={1}
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? null : Number(event.target.value))}
    />
  );
}
