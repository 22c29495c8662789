import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { ACTIONS, type Check, type Column } from "./imports.ts";
import { RowItem } from "./RowItem.tsx";

interface ForeseenProps {
  check: Check | null;
  rows: number;
  columns: readonly Column[];
}

/** The whole file in numbers, before anything happens, and the rows to mend first. */
export function Foreseen({ check, rows, columns }: ForeseenProps) {
  const refused = check?.refused ?? [];
  return (
    <Part title={words.whole} text={words.wholeText}>
      <p className="preview__said" role="status">
        {check?.isOver === true ? summaryOf(check) : words.counting(check?.done ?? 0, rows)}
      </p>
      {refused.length > 0 && (
        <>
          <p className="field__hint">{words.refusedHint(refused.length, check?.error ?? 0)}</p>
          <ol className="import-rows" aria-label={words.refusedList}>
            {refused.map((row) => (
              <RowItem key={row.row} row={row} columns={columns} />
            ))}
          </ol>
        </>
      )}
    </Part>
  );
}

export function summaryOf(check: Check): string {
  return ACTIONS.filter((action) => check[action] > 0)
    .map((action) => words.actionCounts[action](check[action]))
    .join(" · ");
}
