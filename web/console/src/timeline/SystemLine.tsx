import { clockTime, exactTime } from "@kithdesk/ui";

import { useNow } from "../app/now.ts";
import { nameOf, useDirectory } from "../desk/directory.ts";
import { UndoMerge } from "../merging/UndoMerge.tsx";
import { words } from "./en.ts";
import { lineWords } from "./line-words.ts";
import type { Line } from "./rows.ts";

/** Something that happened to the conversation rather than in it, with the reason when there was one. */
export function SystemLine({ line }: { line: Line }) {
  const now = useNow();
  const { queues, tags } = useDirectory();
  const said = lineWords(line, {
    now,
    reader: {},
    queueName: (id) => nameOf(queues, id),
    tagName: (id) => nameOf(tags, id),
  });
  if (said === null) return null;
  return (
    <li className="line">
      <span dir="auto">
        {said.text}
        {said.reason !== null && <span className="line__reason"> · {said.reason}</span>}
      </span>
      <time className="line__time" dateTime={line.at} title={exactTime(line.at)}>
        {clockTime(line.at)}
      </time>
      {line.kind === "merged" && line.merge !== null && (
        <UndoMerge merge={line.merge} name={line.name ?? words.anotherRecord} at={line.at} />
      )}
    </li>
  );
}
