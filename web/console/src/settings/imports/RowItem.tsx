import { formatRoute } from "../../navigation/route.ts";
import { words } from "./en.ts";
import type { Column, Row } from "./imports.ts";
import { RowErrors } from "./RowErrors.tsx";

/** A row of the file: whose it is, and what is wrong with it. */
export function RowItem({ row, columns }: { row: Row; columns: readonly Column[] }) {
  const { row: number, name, customer, errors } = row;
  return (
    <li className="import-row">
      <span className="import-row__number">{words.row(number)}</span>
      <span className="import-row__words">
        {customer !== null && name === null && <span>{words.isGone}</span>}
        {customer !== null && name !== null && (
          <a href={formatRoute({ screen: "customer", id: customer })}>
            <bdi>{name}</bdi>
          </a>
        )}
        {customer === null && name !== null && <bdi className="import-row__name">{name}</bdi>}
        <RowErrors errors={errors} columns={columns} />
      </span>
    </li>
  );
}
