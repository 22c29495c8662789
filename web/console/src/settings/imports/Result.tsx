import { Download } from "lucide-react";

import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { errorsPath, type Import, isMoving } from "./imports.ts";
import { Rows } from "./Rows.tsx";

/** What became of the rows, those that need a look, and the way back. */
export function Result({ one, onUndo }: { one: Import; onUndo: () => void }) {
  const { id, status, progress, undo, columns } = one;
  const isBack = status === "undoing" || status === "undo_stopped" || status === "undone";
  const isForgotten = !isMoving(one) && undo.until === null && status !== "undone";
  return (
    <>
      <Part title={words.became} text={isForgotten ? words.forgotten : undefined}>
        <Counts
          counts={COUNTS.map((name) => [words.counts[name], progress[name], name === "failed"] as const)}
        />
      </Part>
      {isBack && (
        <Part title={words.gone}>
          <Counts counts={UNDO_COUNTS.map((name) => [words.undoCounts[name], undo[name], false] as const)} />
        </Part>
      )}
      {progress.failed > 0 && !isForgotten && !isBack && (
        <Part
          title={words.failed}
          text={words.failedText}
          action={
            <a className="button link-button" href={errorsPath(id)} download>
              <Download size={14} aria-hidden="true" />
              {words.download}
            </a>
          }
        >
          <Rows key={progress.failed} id={id} outcome="failed" columns={columns} />
        </Part>
      )}
      {undo.kept > 0 && isBack && (
        <Part title={words.kept} text={words.keptText}>
          <Rows key={undo.kept} id={id} outcome="kept" columns={columns} />
        </Part>
      )}
      {(status === "done" || status === "stopped") && undo.until !== null && (
        <Part title={words.takeBack} text={words.takeBackText(dayOf(undo.until))}>
          <button type="button" className="button" onClick={onUndo}>
            {words.undo}
          </button>
        </Part>
      )}
    </>
  );
}

const COUNTS = ["created", "updated", "skipped", "failed"] as const;
const UNDO_COUNTS = ["removed", "reversed", "kept"] as const;

function Counts({ counts }: { counts: readonly (readonly [name: string, count: number, isBad: boolean])[] }) {
  return (
    <dl className="import-counts">
      {counts.map(([name, count, isBad]) => (
        <div key={name} className={isBad && count > 0 ? "import-counts__one--bad" : undefined}>
          <dt>{name}</dt>
          <dd>{count.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}

function dayOf(moment: string): string {
  return new Date(moment).toLocaleDateString(undefined, { dateStyle: "long" });
}
