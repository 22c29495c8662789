import { useEffect, useState } from "react";

import { words } from "./en.ts";
import { type Column, loadRows, type Outcome, type Row } from "./imports.ts";
import { RowItem } from "./RowItem.tsx";

interface RowsProps {
  id: string;
  outcome: Outcome;
  columns: readonly Column[];
}

interface Loaded {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Rows to look at, a page at a time. */
export function Rows({ id, outcome, columns }: RowsProps) {
  const [{ rows, total }, setLoaded] = useState<Loaded>({ rows: [], total: 0 });
  const [page, setPage] = useState(1);
  const [attempt, setAttempt] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isOver = false;
    setFailed(false);
    loadRows(id, outcome, page).then(
      (more) => {
        if (!isOver) setLoaded((before) => ({ rows: together(before.rows, more.rows), total: more.total }));
      },
      () => !isOver && setFailed(true),
    );
    return () => {
      isOver = true;
    };
  }, [id, outcome, page, attempt]);
  return (
    <>
      <ol className="import-rows">
        {rows.map((row) => (
          <RowItem key={row.row} row={row} columns={columns} />
        ))}
      </ol>
      {hasFailed && (
        <p className="field__problem" role="alert">
          {words.rowsFailed}{" "}
          <button type="button" className="text-button" onClick={() => setAttempt(attempt + 1)}>
            {words.tryAgain}
          </button>
        </p>
      )}
      {!hasFailed && rows.length > 0 && rows.length < total && (
        <button type="button" className="button import-rows__more" onClick={() => setPage(page + 1)}>
          {words.moreRows}
        </button>
      )}
    </>
  );
}

function together(before: readonly Row[], more: readonly Row[]): readonly Row[] {
  const known = new Set(before.map(({ row }) => row));
  return [...before, ...more.filter(({ row }) => !known.has(row))];
}
