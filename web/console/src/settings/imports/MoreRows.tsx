import { words } from "./en.ts";
import type { useRows } from "./use-rows.ts";

type MoreRowsProps = Pick<ReturnType<typeof useRows>, "rows" | "total" | "state" | "more" | "again">;

/** Under a list of rows: the way to the next page, or to try again. */
export function MoreRows({ rows, total, state, more, again }: MoreRowsProps) {
  if (state === "failed") {
    return (
      <p className="field__problem" role="alert">
        {words.rowsFailed}{" "}
        <button type="button" className="text-button" onClick={again}>
          {words.tryAgain}
        </button>
      </p>
    );
  }
  if (rows.length === 0 || rows.length >= total) return null;
  return (
    <button type="button" className="button import-rows__more" disabled={state === "loading"} onClick={more}>
      {words.moreRows}
    </button>
  );
}
