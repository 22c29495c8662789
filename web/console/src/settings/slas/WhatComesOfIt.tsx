import type { Field } from "../../views/fields.ts";
import type { Schedule } from "../schedules/schedules.ts";
import { words } from "./en.ts";
import { warningInWords, wholePromises, whomInWords } from "./promise-words.ts";
import { type Draft, promisedIn, type Sla } from "./slas.ts";
import { useMatching, useStanding } from "./use-counts.ts";

interface WhatComesOfItProps {
  sla: Sla | null;
  draft: Draft;
  /** Names of what was changed. */
  changed: readonly string[];
  fields: readonly Field[];
  schedules: readonly Schedule[];
}

/** What it says, in words, and what saving it does to conversations that have it. */
export function WhatComesOfIt({ sla, draft, changed, fields, schedules }: WhatComesOfItProps) {
  const promised = promisedIn(draft);
  const promises = wholePromises(promised, schedules);
  const matching = useMatching(draft.criteria);
  return (
    <>
      <h2 className="with-preview__title">{words.inWords}</h2>
      <div className="sla-words">
        <p className="sla-words__whom">{whomInWords(draft.query, fields)}</p>
        {promises.length === 0 ? (
          <p>{words.nothingPromised}</p>
        ) : (
          <ul>
            {promises.map((promise) => (
              <li key={promise}>{promise}</li>
            ))}
          </ul>
        )}
        <p>{warningInWords(promised)}</p>
        <p className="sla-words__count" role="status">
          {matching !== null && words.matchingNow(matching)}
        </p>
      </div>
      <h2 className="with-preview__title">{words.onSaving}</h2>
      <div className="sla-words">
        {effects(sla, draft, changed).map((effect) => (
          <p key={effect}>{effect}</p>
        ))}
        {sla !== null && <HasNow id={sla.id} />}
      </div>
    </>
  );
}

function HasNow({ id }: { id: string }) {
  const standing = useStanding(id);
  if (standing === null) return null;
  return <p className="sla-words__count">{words.hasNow(standing.count, standing.late)}</p>;
}

function effects(sla: Sla | null, { isEnabled }: Draft, changed: readonly string[]): string[] {
  if (sla === null) return [words.savingNew];
  if (changed.length === 0) return [words.savingNothing];
  const isPromise = changed.some((name) => name !== "enabled");
  return [
    ...(isPromise ? [words.savingVersion(sla.version + 1, sla.version)] : []),
    ...(changed.includes("enabled") ? [isEnabled ? words.savingOn : words.savingOff] : []),
  ];
}
