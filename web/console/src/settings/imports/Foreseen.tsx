import { useState } from "react";

import type { Declared } from "../../attributes/declared.ts";
import { Part } from "../Page.tsx";
import { Changes } from "./Changes.tsx";
import { words } from "./en.ts";
import { ACTIONS, type Action, CHANGES, type ChangeKind, type Check, type Import } from "./imports.ts";

interface ForeseenProps {
  one: Import;
  check: Check | null;
  declared: readonly Declared[];
}

const COUNTED: Readonly<Record<ChangeKind, Action>> = {
  changed: "update",
  new: "create",
  refused: "error",
};

/** The whole file before anything happens: in numbers, and record by record. */
export function Foreseen({ one, check, declared }: ForeseenProps) {
  const [chosen, setChosen] = useState<ChangeKind | null>(null);
  const counts = (kind: ChangeKind) => check?.[COUNTED[kind]] ?? 0;
  // What somebody could lose or must mend comes before who is merely new.
  const kind = chosen ?? CHANGES.find((each) => counts(each) > 0) ?? null;
  return (
    <Part title={words.whole} text={words.wholeText}>
      <p className="preview__said" role="status">
        {check?.isOver === true ? summaryOf(check) : words.counting(check?.done ?? 0, one.rows)}
      </p>
      {kind !== null && check !== null && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border */}
          <div className="tabs" role="group" aria-label={words.changeKinds}>
            {CHANGES.map((each) => (
              <button
                key={each}
                type="button"
                className="tabs__tab"
                aria-pressed={each === kind}
                onClick={() => setChosen(each)}
              >
                {words.changeKind[each](counts(each))}
              </button>
            ))}
          </div>
          <Changes
            key={`${kind} ${check.isOver}`}
            id={one.id}
            kind={kind}
            columns={one.columns}
            declared={declared}
          />
        </>
      )}
    </Part>
  );
}

export function summaryOf(check: Check): string {
  return ACTIONS.filter((action) => check[action] > 0)
    .map((action) => words.actionCounts[action](check[action]))
    .join(" · ");
}
