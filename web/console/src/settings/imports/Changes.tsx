import { useCallback, useMemo } from "react";

import type { Declared } from "../../attributes/declared.ts";
import type { Attributes } from "../../merging/preview-words.ts";
import { formatRoute } from "../../navigation/route.ts";
import { changedFields } from "./changed-fields.ts";
import { words } from "./en.ts";
import { type Change, type ChangeKind, type Column, loadChanges } from "./imports.ts";
import { MoreRows } from "./MoreRows.tsx";
import { RowErrors } from "./RowErrors.tsx";
import { useRows } from "./use-rows.ts";

interface ChangesProps {
  id: string;
  kind: ChangeKind;
  columns: readonly Column[];
  declared: readonly Declared[];
}

/** The rows of one kind: whose record, and what is there now and would be. */
export function Changes({ id, kind, columns, declared }: ChangesProps) {
  const load = useCallback((page: number) => loadChanges(id, kind, page), [id, kind]);
  const shown = useRows(load);
  const attributes = useMemo(() => new Map(declared.map((one) => [one.name, one])), [declared]);
  const isEmpty = shown.rows.length === 0;
  return (
    <>
      {kind === "refused" && !isEmpty && <p className="field__hint">{words.refusedHint}</p>}
      {isEmpty && shown.state !== "failed" && (
        <p className="field__hint" role="status">
          {shown.state === "loading" ? words.changesLoading : words.noChanges[kind]}
        </p>
      )}
      <ol className="import-rows" aria-label={words.changesList[kind]} aria-busy={shown.state === "loading"}>
        {shown.rows.map((change) => (
          <ChangeItem key={change.row} change={change} columns={columns} attributes={attributes} />
        ))}
      </ol>
      <MoreRows {...shown} />
    </>
  );
}

interface ChangeItemProps {
  change: Change;
  columns: readonly Column[];
  attributes: Attributes;
}

function ChangeItem({ change, columns, attributes }: ChangeItemProps) {
  const { row, name, id, kind, afterRow, errors } = change;
  // Somebody new is headed by their name already.
  const fields = change.fields.filter((field) => kind !== "new" || field.name !== "name");
  return (
    <li className="import-row">
      <span className="import-row__number">{words.row(row)}</span>
      <span className="import-row__words">
        {id !== null && (
          <a href={formatRoute({ screen: "customer", id })} target="_blank" rel="noopener">
            <bdi>{name ?? words.isHere}</bdi>
          </a>
        )}
        {id === null && name !== null && <bdi className="import-row__name">{name}</bdi>}
        {kind === "unchanged" && <span className="import-row__facts">{words.isUnchanged}</span>}
        {changedFields(fields, attributes).map(({ field, label, before, after }) => (
          <span key={field} className="import-row__field" dir="auto">
            <span className="import-row__label">{label}</span>
            {before !== null && <del>{before}</del>}
            {before !== null && after !== null && <span aria-hidden="true">→</span>}
            {after !== null && <ins>{after}</ins>}
          </span>
        ))}
        {afterRow !== null && <span className="import-row__facts">{words.afterRow(afterRow)}</span>}
        <RowErrors errors={errors} columns={columns} />
      </span>
    </li>
  );
}
