import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import type { Import } from "./imports.ts";

interface ProgressProps {
  one: Import;
  onDo: (verb: "start" | "stop" | "undo") => Promise<void>;
}

/** How far it is, and the way to stop it or to let it go on. Of what is over there is nothing to see. */
export function Progress({ one, onDo }: ProgressProps) {
  const { status, rows, progress, undo } = one;
  if (status === "draft" || status === "done" || status === "undone") return null;
  const isBack = status === "undoing" || status === "undo_stopped";
  const said = isBack
    ? words.undoneOf(progress.done - undo.left, progress.done)
    : words.doneOf(progress.done, rows);
  const [verb, label] = DOING[status];
  return (
    <Part
      title={words.statuses[status]}
      action={
        <button
          type="button"
          className={verb === "stop" ? "button" : "button button--primary"}
          onClick={() => void onDo(verb)}
        >
          {label}
        </button>
      }
    >
      <progress className="import-bar" max={1} value={shareOf(one)} aria-label={words.progress} />
      <p className="import-bar__said">{said}</p>
    </Part>
  );
}

const DOING = {
  running: ["stop", words.stop],
  stopped: ["start", words.goOn],
  undoing: ["stop", words.stop],
  undo_stopped: ["undo", words.goOnUndo],
} as const;

/** Of all rows, those that are done with; when it is taken back, of those that were taken. */
export function shareOf({ status, rows, progress, undo }: Import): number {
  const isBack = status === "undoing" || status === "undo_stopped";
  const [done, all] = isBack ? [progress.done - undo.left, progress.done] : [progress.done, rows];
  return all === 0 ? 0 : Math.min(1, done / all);
}
