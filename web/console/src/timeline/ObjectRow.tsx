import { clockTime, dayLabel, exactTime } from "@kithdesk/ui";
import { ChevronRight } from "lucide-react";

import { useNow } from "../app/now.ts";
import { words as objectWords } from "../objects/en.ts";
import { useLink } from "../objects/links.ts";
import { ObjectActions } from "../objects/ObjectActions.tsx";
import { ObjectCard } from "../objects/ObjectCard.tsx";
import { changesBetween, type FieldChange } from "../objects/values.ts";
import { words } from "./en.ts";
import type { ObjectState } from "./rows.ts";

interface ObjectRowProps {
  states: readonly ObjectState[];
  isFolded: boolean;
  /** The one that is open; null beside none. */
  conversation: string | null;
}

/** A record where it last changed, with what it was before. */
export function ObjectRow({ states, isFolded, conversation }: ObjectRowProps) {
  const last = states.at(-1);
  const link = useLink(last?.object.id ?? "");
  if (last === undefined) return null;
  return (
    <li className={`object-row ${last.isRemoved ? "object-row--removed" : ""}`} data-entry={last.object.id}>
      <ObjectCard
        key={String(isFolded)}
        object={last.object}
        isFolded={isFolded}
        isHere={link !== null && link === conversation}
        action={
          last.isRemoved ? undefined : <ObjectActions object={last.object} conversation={conversation} />
        }
        foot={<Foot states={states} last={last} />}
      />
    </li>
  );
}

function Foot({ states, last }: { states: readonly ObjectState[]; last: ObjectState }) {
  const time = (
    <time dateTime={last.at} title={exactTime(last.at)}>
      {last.isRemoved ? `${words.objectRemoved} ` : ""}
      {last.by === null ? "" : `${last.by} · `}
      {clockTime(last.at)}
    </time>
  );
  if (states.length < 2) return <p className="object__foot">{time}</p>;
  return (
    <details className="object__history">
      <summary className="object__foot">
        {time} · {words.objectChanges(states.length - 1)}
        <ChevronRight className="object__arrow" size={12} aria-hidden="true" />
      </summary>
      <ol className="object__states">
        {[...states.entries()].reverse().map(([index, state]) => (
          <State key={`${state.at} ${index}`} state={state} before={states[index - 1]} />
        ))}
      </ol>
    </details>
  );
}

function State({ state, before }: { state: ObjectState; before: ObjectState | undefined }) {
  const now = useNow();
  const changes =
    before === undefined
      ? [objectWords.came]
      : changesBetween(before.object.fields, state.object.fields).map(wordsOf);
  return (
    <li>
      <span dir="auto">
        {state.isRemoved
          ? words.objectRemoved
          : changes.length === 0
            ? objectWords.changedElsewhere
            : changes.join(" · ")}
      </span>
      <time dateTime={state.at} title={exactTime(state.at)}>
        {state.by === null ? "" : `${state.by} · `}
        {dayLabel(state.at, now)}, {clockTime(state.at)}
      </time>
    </li>
  );
}

function wordsOf({ label, before, after }: FieldChange): string {
  if (after === null) return objectWords.cleared(label);
  return before === null ? objectWords.set(label, after) : objectWords.changed(label, before, after);
}
