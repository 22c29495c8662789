import { useId } from "react";

import type { Declared } from "../../attributes/declared.ts";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import type { Column } from "./imports.ts";
import { type Choice, CUSTOM, GROUPS, type Group, withTarget } from "./mapping.ts";
import "./columns.css";

interface ColumnsProps {
  columns: readonly Column[];
  choice: Choice;
  doubled: ReadonlySet<number>;
  declared: readonly Declared[];
  onChoice: (choice: Choice) => void;
  /** There is no attribute yet for what a column holds. */
  onDeclare: (column: number) => void;
}

/** Which column is what. */
export function Columns({ columns, choice, doubled, declared, onChoice, onDeclare }: ColumnsProps) {
  return (
    <Part title={words.columns} text={words.columnsText}>
      <table className="columns">
        <thead>
          <tr>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.examples}</th>
            <th scope="col">{words.becomes}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column, index) => (
            <ColumnRow
              // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
              key={index}
              column={column}
              target={choice.targets[index] ?? null}
              isDoubled={doubled.has(index)}
              declared={declared}
              onTarget={(target) => onChoice(withTarget(choice, index, target))}
              onDeclare={() => onDeclare(index)}
            />
          ))}
        </tbody>
      </table>
    </Part>
  );
}

interface ColumnRowProps {
  column: Column;
  target: string | null;
  isDoubled: boolean;
  declared: readonly Declared[];
  onTarget: (target: string | null) => void;
  onDeclare: () => void;
}

/** In the list of what a column can be, beside the attributes there are. */
const NEW = "new";

function ColumnRow({ column, target, isDoubled, declared, onTarget, onDeclare }: ColumnRowProps) {
  const id = useId();
  const pick = (picked: string) => {
    if (picked === NEW) onDeclare();
    else onTarget(picked === "" ? null : picked);
  };
  const { name, sample } = column;
  return (
    <tr className={target === null ? "columns__column columns__column--nothing" : "columns__column"}>
      <th scope="row" dir="auto">
        {name}
      </th>
      <td className="columns__sample" dir="auto" title={sample.join("\n")}>
        {sample.length === 0 ? <i>{words.noExample}</i> : sample.join(" · ")}
      </td>
      <td>
        <select
          className="field__input columns__choice"
          aria-label={words.becomesOf(name)}
          aria-invalid={isDoubled ? true : undefined}
          aria-describedby={isDoubled ? id : undefined}
          value={target ?? ""}
          onChange={(event) => pick(event.target.value)}
        >
          <Targets declared={declared} />
        </select>
        {isDoubled && (
          <span className="field__problem" id={id}>
            {words.doubled}
          </span>
        )}
      </td>
    </tr>
  );
}

const GROUP_NAMES = Object.keys(GROUPS) as Group[];

function Targets({ declared }: { declared: readonly Declared[] }) {
  return (
    <>
      <option value="">{words.nothing}</option>
      {GROUP_NAMES.map((group) => (
        <optgroup key={group} label={words.groups[group]}>
          {GROUPS[group].map((target) => (
            <option key={target} value={target}>
              {words.targets[target]}
            </option>
          ))}
        </optgroup>
      ))}
      <optgroup label={words.own}>
        {declared.map(({ name, label }) => (
          <option key={name} value={CUSTOM + name}>
            {label}
          </option>
        ))}
        <option value={NEW}>{words.newAttribute}</option>
      </optgroup>
    </>
  );
}
