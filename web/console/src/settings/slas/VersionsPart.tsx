import { exactTime } from "@kithdesk/ui";
import { type ReactNode, useCallback, useState } from "react";

import { useDesk } from "../../desk/store.ts";
import type { Field } from "../../views/fields.ts";
import { Part, WhenLoaded } from "../Page.tsx";
import type { Schedule } from "../schedules/schedules.ts";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { promiseInShort, restInWords, whomInWords } from "./promise-words.ts";
import { loadVersions, queryFrom, type Sla, type Version } from "./slas.ts";

const AT_ONCE = 5;

interface VersionsPartProps {
  sla: Sla;
  fields: readonly Field[];
  schedules: readonly Schedule[];
}

/** What was promised when. */
export function VersionsPart({ sla: { id, version }, fields, schedules }: VersionsPartProps) {
  const { loaded, reload } = useLoaded(useCallback(() => loadVersions(id), [id]));
  const [isWhole, setWhole] = useState(false);
  return (
    <Part title={words.versions} text={words.versionsText}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(versions) => (
          <>
            <ol className="sla-versions">
              {versions.slice(0, isWhole ? undefined : AT_ONCE).map((one) => (
                <VersionRow key={one.number} version={one} isCurrent={one.number === version}>
                  <span>{whomInWords(queryFrom(one.criteria), fields)}</span>
                  <span>{promiseInShort(one)}</span>
                  <span>{restInWords(one, schedules)}</span>
                </VersionRow>
              ))}
            </ol>
            {versions.length > AT_ONCE && !isWhole && (
              <button type="button" className="button button--quiet" onClick={() => setWhole(true)}>
                {words.allVersions(versions.length)}
              </button>
            )}
          </>
        )}
      </WhenLoaded>
    </Part>
  );
}

interface VersionRowProps {
  version: Version;
  isCurrent: boolean;
  children: ReactNode;
}

function VersionRow({ version, isCurrent, children }: VersionRowProps) {
  const { number, createdAt, createdBy } = version;
  const by = useDesk((desk) =>
    createdBy === null ? null : (desk.agents.get(createdBy)?.displayName ?? null),
  );
  return (
    <li className="sla-versions__version">
      <span className="sla-versions__name">
        {words.version(number)}
        {isCurrent && <span className="mark mark--good">{words.current}</span>}
      </span>
      {children}
      <span className="sla-versions__since">{words.since(exactTime(createdAt), by)}</span>
    </li>
  );
}
