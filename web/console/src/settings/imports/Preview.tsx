import type { Declared } from "../../attributes/declared.ts";
import { text } from "../../desk/reading.ts";
import { formatRoute } from "../../navigation/route.ts";
import { Part } from "../Page.tsx";
import { factsOf } from "./customer-facts.ts";
import { words } from "./en.ts";
import { ACTIONS, type Column, type Previewed } from "./imports.ts";
import { RowErrors } from "./RowErrors.tsx";
import type { Shown } from "./use-preview.ts";

interface PreviewProps {
  shown: Shown;
  /** What keeps the rows from being looked at. */
  lacks: "nothing" | "doubled" | null;
  columns: readonly Column[];
  declared: readonly Declared[];
  onRetry: () => void;
}

/** The first rows as the customers that they would become. */
export function Preview({ shown, lacks, columns, declared, onRetry }: PreviewProps) {
  const rows = "rows" in shown ? shown.rows : [];
  return (
    <Part title={words.preview} text={words.previewText}>
      <p className="preview__said" role="status">
        {lacks !== null && (lacks === "nothing" ? words.previewNothing : words.previewDoubled)}
        {shown.state === "ready" && <Summary rows={rows} />}
        {shown.state === "checking" && rows.length === 0 && words.previewChecking}
      </p>
      {shown.state === "failed" && (
        <p className="field__problem" role="alert">
          {words.previewFailed(shown.problem)}{" "}
          <button type="button" className="text-button" onClick={onRetry}>
            {words.tryAgain}
          </button>
        </p>
      )}
      {rows.length > 0 && (
        <ol
          className={`import-rows ${shown.state === "checking" ? "import-rows--old" : ""}`}
          aria-label={words.previewList}
        >
          {rows.map((row) => (
            <PreviewRow key={row.row} row={row} columns={columns} declared={declared} />
          ))}
        </ol>
      )}
    </Part>
  );
}

function Summary({ rows }: { rows: readonly Previewed[] }) {
  const counts = ACTIONS.map(
    (action) => [action, rows.filter((row) => row.action === action).length] as const,
  );
  const said = counts.filter(([, count]) => count > 0);
  return (
    <>
      {said.map(([action, count]) => words.actionCounts[action](count)).join(" · ")}
      {said.some(([action]) => action === "error") && (
        <span className="preview__hint">{words.errorsHint}</span>
      )}
    </>
  );
}

interface PreviewRowProps {
  row: Previewed;
  columns: readonly Column[];
  declared: readonly Declared[];
}

function PreviewRow({ row, columns, declared }: PreviewRowProps) {
  const { row: number, action, name, id, customer, errors } = row;
  const facts = customer === null ? [] : factsOf(customer, declared);
  return (
    <li className="import-row">
      <span className="import-row__number">{words.row(number)}</span>
      <span className={`mark import-row__mark import-row__mark--${action}`}>{words.actions[action]}</span>
      <span className="import-row__words">
        {customer !== null && (
          <bdi className="import-row__name">
            {id === null ? text(customer.displayName) : <Known row={row} />}
          </bdi>
        )}
        {customer === null && id !== null && <Known row={row} />}
        {customer === null && id === null && name !== null && <bdi className="import-row__name">{name}</bdi>}
        {facts.length > 0 && (
          <span className="import-row__facts" dir="auto">
            {facts.join(" · ")}
          </span>
        )}
        <RowErrors errors={errors} columns={columns} />
      </span>
    </li>
  );
}

/** Who is here already, to be looked at in another tab: what is chosen here stays. */
function Known({ row: { id, customer } }: { row: Previewed }) {
  return (
    <a href={formatRoute({ screen: "customer", id: id ?? "" })} target="_blank" rel="noopener">
      {customer === null ? words.isHere : text(customer.displayName)}
    </a>
  );
}
