import { useEffect, useState } from "react";

interface Numbered {
  readonly row: number;
}

interface Loaded<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Rows of a file, a page at a time. `load` must stay the same function while the same rows are meant. */
export function useRows<Row extends Numbered>(load: (page: number) => Promise<Loaded<Row>>) {
  const [{ rows, total }, setLoaded] = useState<Loaded<Row>>({ rows: [], total: 0 });
  const [page, setPage] = useState(1);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isOver = false;
    setState("loading");
    load(page).then(
      (more) => {
        if (isOver) return;
        setLoaded((before) => ({ rows: together(before.rows, more.rows), total: more.total }));
        setState("ready");
      },
      () => !isOver && setState("failed"),
    );
    return () => {
      isOver = true;
    };
  }, [load, page, attempt]);
  return {
    rows,
    total,
    state,
    more: () => setPage(page + 1),
    again: () => setAttempt(attempt + 1),
  };
}

function together<Row extends Numbered>(before: readonly Row[], more: readonly Row[]): readonly Row[] {
  const known = new Set(before.map(({ row }) => row));
  return [...before, ...more.filter(({ row }) => !known.has(row))];
}
