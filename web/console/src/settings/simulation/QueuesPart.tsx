import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import type { PartProps } from "./ScenarioForm.tsx";
import { numberAt, type Path, placeOf, withNumber } from "./scenario.ts";

/** Which queue goes first, and how heavy its work is. */
export function QueuesPart({ scenario, today, onChange }: PartProps) {
  const cell = (path: Path, label: string, was: number, most: number) => (
    <td>
      <NumberCell
        label={label}
        value={numberAt(scenario, path, was)}
        most={most}
        onChange={(value) => onChange(withNumber(scenario, path, value, was))}
      />
    </td>
  );
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
            {today.queues.map((queue) => {
              const place = placeOf(scenario, queue);
              return (
                <tr key={queue.id}>
                  <th scope="row" dir="auto">
                    {queue.name}
                  </th>
                  {cell([...place, "priority"], words.priorityOf(queue.name), queue.priority, 100)}
                  {cell([...place, "weight"], words.weightOf(queue.name), queue.weight, 1_000)}
                </tr>
              );
            })}
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
