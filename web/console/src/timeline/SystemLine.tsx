import { clockTime, dayLabel, dayOf, exactTime } from "@kithdesk/ui";

import { useNow } from "../app/now.ts";
import { useSkillNames } from "../conversation/wishes.ts";
import { nameOf, useDirectory } from "../desk/directory.ts";
import { UndoMerge } from "../merging/UndoMerge.tsx";
import { words } from "./en.ts";
import { idOf } from "./entries.ts";
import { lineWords } from "./line-words.ts";
import type { Line } from "./rows.ts";

const NONE: readonly string[] = [];

/** Something that happened to the conversation rather than in it, with the reason when there was one. */
export function SystemLine({ line }: { line: Line }) {
  const now = useNow();
  const { queues, tags } = useDirectory();
  const skillName = useSkillNames(line.kind === "updated" ? (line.changes.skills?.after ?? NONE) : NONE);
  const said = lineWords(line, {
    now,
    reader: {},
    queueName: (id) => nameOf(queues, id),
    tagName: (id) => nameOf(tags, id),
    skillName,
  });
  if (said === null) return null;
  return (
    <li className="line" data-entry={idOf(line)}>
      <span dir="auto">
        {said.text}
        {said.reason !== null && <span className="line__reason"> · {said.reason}</span>}
      </span>
      <Time line={line} now={now} />
      {line.kind === "merged" && line.merge !== null && (
        <UndoMerge merge={line.merge} name={line.name ?? words.anotherRecord} at={line.at} />
      )}
    </li>
  );
}

/** What was told late has its own time, and, where it does not stand under its day, the day too. */
function Time({ line, now }: { line: Line; now: string }) {
  const at = line.kind === "tracked" ? line.happenedAt : line.at;
  const isUnderItsDay = dayOf(at) === dayOf(line.at);
  return (
    <time className="line__time" dateTime={at} title={exactTime(at)}>
      {isUnderItsDay ? clockTime(at) : words.happened(dayLabel(at, now), clockTime(at))}
    </time>
  );
}
