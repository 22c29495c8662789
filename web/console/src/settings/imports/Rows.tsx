import { useCallback } from "react";

import { type Column, loadRows, type Outcome } from "./imports.ts";
import { MoreRows } from "./MoreRows.tsx";
import { RowItem } from "./RowItem.tsx";
import { useRows } from "./use-rows.ts";

interface RowsProps {
  id: string;
  outcome: Outcome;
  columns: readonly Column[];
}

/** Rows to look at, a page at a time. */
export function Rows({ id, outcome, columns }: RowsProps) {
  const load = useCallback((page: number) => loadRows(id, outcome, page), [id, outcome]);
  const shown = useRows(load);
  return (
    <>
      <ol className="import-rows">
        {shown.rows.map((row) => (
          <RowItem key={row.row} row={row} columns={columns} />
        ))}
      </ol>
      <MoreRows {...shown} />
    </>
  );
}
