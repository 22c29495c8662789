import { formatRoute } from "../../navigation/route.ts";
import { words } from "./en.ts";
import type { Column, RowError } from "./imports.ts";

interface RowErrorsProps {
  errors: readonly RowError[];
  columns: readonly Column[];
}

/** What is wrong with a row, by the names of its columns. */
export function RowErrors({ errors, columns }: RowErrorsProps) {
  return errors.map(({ column, title, value, customer }) => (
    <span key={`${column} ${title}`} className="import-row__error" dir="auto">
      {words.error(column === null ? undefined : columns[column]?.name, title, value)}
      {customer !== null && (
        <>
          {" "}
          <a href={formatRoute({ screen: "customer", id: customer })}>{words.openOwner}</a>
        </>
      )}
    </span>
  ));
}
