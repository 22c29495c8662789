import { Download } from "lucide-react";
import { useState } from "react";

import { formatRoute } from "../../navigation/route.ts";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { errorsPath, type Import, type Outcome } from "./imports.ts";
import { Rows } from "./Rows.tsx";

/** What became of the rows, those that need a look, and the way back. */
export function Result({ one, onUndo }: { one: Import; onUndo: () => void }) {
  const { id, status, progress, undo, columns, areRowsKept } = one;
  const isBack = status === "undoing" || status === "undo_stopped" || status === "undone";
  return (
    <>
      <Part title={words.became} text={areRowsKept ? undefined : words.forgotten}>
        <Counts
          one={one}
          counts={OUTCOMES.map((of) => ({ of, name: words.counts[of], count: progress[of] }))}
        />
      </Part>
      {isBack && (
        <Part title={words.gone} text={words.goneSum(progress.created + progress.updated)}>
          <Counts one={one} counts={undoCountsOf(one)} />
        </Part>
      )}
      {progress.failed > 0 && areRowsKept && (
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
      {undo.kept > 0 && isBack && areRowsKept && (
        <Part title={words.kept} text={words.keptText}>
          <Rows key={undo.kept} id={id} outcome="kept" columns={columns} />
        </Part>
      )}
      {(status === "done" || status === "stopped") && progress.created > 0 && (
        <Part title={words.alike} text={words.alikeText}>
          <a className="text-button" href={formatRoute({ screen: "settings", path: ["duplicates"] })}>
            {words.alikeLink}
          </a>
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

const OUTCOMES = ["created", "updated", "skipped", "failed"] as const;

interface Counted {
  /** Rows that can be looked at. */
  readonly of: Outcome | null;
  readonly name: string;
  readonly count: number;
}

/** Every row that made or changed somebody is in one of them when all is taken back, so that they add up. */
function undoCountsOf({ status, progress, undo }: Import): Counted[] {
  const further = progress.created + progress.updated - undo.removed - undo.reversed - undo.kept;
  return [
    { of: null, name: words.undoCounts.removed, count: undo.removed },
    { of: "reversed", name: words.undoCounts.reversed, count: undo.reversed },
    { of: null, name: words.undoCounts.kept, count: undo.kept },
    ...(status === "undone" && further > 0
      ? [{ of: null, name: words.undoCounts.further, count: further }]
      : []),
  ];
}

function Counts({ one, counts }: { one: Import; counts: readonly Counted[] }) {
  const [opened, setOpened] = useState<Outcome | null>(null);
  const canOpen = ({ of, count }: Counted) => of !== null && of !== "failed" && count > 0 && one.areRowsKept;
  return (
    <>
      <dl className="import-counts">
        {counts.map((counted) => {
          const { of, name, count } = counted;
          return (
            <div key={name} className={of === "failed" && count > 0 ? "import-counts__one--bad" : undefined}>
              <dt>{name}</dt>
              <dd>
                {count.toLocaleString()}
                {canOpen(counted) && (
                  <button
                    type="button"
                    className="text-button import-counts__open"
                    aria-expanded={opened === of}
                    aria-label={opened === of ? words.hideOf(name) : words.showOf(name)}
                    onClick={() => setOpened(opened === of ? null : of)}
                  >
                    {opened === of ? words.hide : words.show}
                  </button>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {opened !== null && (
        <Rows key={`${opened} ${one.status}`} id={one.id} outcome={opened} columns={one.columns} />
      )}
    </>
  );
}

function dayOf(moment: string): string {
  return new Date(moment).toLocaleDateString(undefined, { dateStyle: "long" });
}
