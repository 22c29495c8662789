import { useState } from "react";

import { useCustomerAttributes } from "../../customer/customer-attributes.ts";
import { Page } from "../Page.tsx";
import { Columns } from "./Columns.tsx";
import { words } from "./en.ts";
import { Foreseen, summaryOf } from "./Foreseen.tsx";
import type { Check, Import } from "./imports.ts";
import { Matching } from "./Matching.tsx";
import { CUSTOM, doubled, firstChoice, isNothing, mappingOf, withTarget } from "./mapping.ts";
import { NewAttribute } from "./NewAttribute.tsx";
import { Preview } from "./Preview.tsx";
import { useCheck } from "./use-check.ts";
import { usePreview } from "./use-preview.ts";

interface DraftProps {
  one: Import;
  onStart: () => Promise<void>;
  onDiscard: () => void;
  /** It was started elsewhere, and cannot be told otherwise any more. */
  onBegun: () => void;
}

const NOTHING_DECLARED: readonly never[] = [];

/** Before anything happens: what the columns are, and what would come of the rows. */
export function Draft({ one, onStart, onDiscard, onBegun }: DraftProps) {
  const [choice, setChoice] = useState(() => firstChoice(one));
  const [isStarting, setStarting] = useState(false);
  const [newOf, setNewOf] = useState<number | null>(null);
  const declared = useCustomerAttributes() ?? NOTHING_DECLARED;
  const twice = doubled(choice, declared);
  const lacks = isNothing(choice) ? "nothing" : twice.size > 0 ? "doubled" : null;
  const { shown, again } = usePreview(one.id, lacks === null ? mappingOf(choice) : null, onBegun);
  const check = useCheck(one.id, shown.state === "ready");
  const start = async () => {
    setStarting(true);
    await onStart();
    setStarting(false);
  };
  const buttons = (
    <>
      <button type="button" className="button button--quiet" onClick={onDiscard}>
        {words.discard}
      </button>
      <button
        type="button"
        className="button button--primary"
        disabled={shown.state !== "ready" || isStarting}
        onClick={() => void start()}
      >
        {words.start(takenRows(one, check))}
      </button>
    </>
  );
  return (
    <Page
      title={one.name}
      text={words.draftText(one.rows, check?.isOver === true ? summaryOf(check) : null)}
      back={["imports"]}
      action={buttons}
    >
      <Columns
        columns={one.columns}
        choice={choice}
        doubled={twice}
        declared={declared}
        onChoice={setChoice}
        onDeclare={setNewOf}
      />
      {newOf !== null && (
        <NewAttribute
          called={one.columns[newOf]?.name ?? ""}
          onDeclared={(name) => setChoice((before) => withTarget(before, newOf, CUSTOM + name))}
          onClose={() => setNewOf(null)}
        />
      )}
      <Matching choice={choice} onChoice={setChoice} />
      {shown.state === "ready" && <Foreseen one={one} check={check} declared={declared} />}
      <Preview shown={shown} lacks={lacks} columns={one.columns} declared={declared} onRetry={again} />
    </Page>
  );
}

/** Those that are refused are no part of it, as soon as that is known. */
function takenRows({ rows }: Import, check: Check | null): number {
  return check?.isOver === true ? rows - check.error : rows;
}
