import { Check, CircleOff, type LucideIcon, X } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";

import { isNotFound, wordsFor } from "../../api/errors.ts";
import type { Named } from "../../desk/types.ts";
import { Select, TextField } from "../../forms/Fields.tsx";
import { formatRoute } from "../../navigation/route.ts";
import type { Field } from "../../views/fields.ts";
import { Part } from "../Page.tsx";
import { whomInWords } from "../slas/promise-words.ts";
import { queryFrom } from "../slas/slas.ts";
import type { Queue } from "./queues.ts";
import { words } from "./rules-en.ts";
import { type Failed, idIn, loadRecent, type Tried, tryRules, type Verdict } from "./trying.ts";

interface TryRulesProps {
  queues: readonly Queue[];
  fields: readonly Field[];
}

/** A conversation, and what the rules say of it. */
export function TryRules({ queues, fields }: TryRulesProps) {
  const [recent, setRecent] = useState<readonly Named[]>([]);
  const [pasted, setPasted] = useState("");
  const [problem, setProblem] = useState<string | undefined>();
  const [tried, setTried] = useState<readonly Tried[] | null>(null);
  useEffect(() => {
    // Without them there is still the field.
    loadRecent().then(setRecent, () => undefined);
  }, []);
  const last = useRef<string | null>(null);
  const attempt = async (id: string | null) => {
    last.current = id;
    setTried(null);
    setProblem(id === null ? words.lacksId : undefined);
    if (id === null) return;
    try {
      const verdicts = await tryRules(id);
      // Meanwhile another may have been picked, whose answer came first.
      if (last.current === id) setTried(verdicts);
    } catch (error) {
      if (last.current !== id) return;
      setProblem(isNotFound(error) ? words.unknown : words.failed(wordsFor(error)));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(idIn(pasted));
  };
  const pick = (id: string) => {
    setPasted(id);
    if (id !== "") void attempt(id);
  };
  return (
    <Part title={words.tryTitle} text={words.tryText}>
      <form className="try-rules" onSubmit={submit} noValidate>
        {recent.length > 0 && (
          <Select
            label={words.pick}
            value={recent.some(({ id }) => id === pasted) ? pasted : ""}
            options={[["", words.pickOne], ...recent.map(({ id, name }) => [id, name] as const)]}
            onPick={pick}
          />
        )}
        <TextField
          label={words.paste}
          value={pasted}
          autoComplete="off"
          spellCheck={false}
          problem={problem}
          onChange={(event) => setPasted(event.target.value)}
        />
        <button type="submit" className="button">
          {words.tryIt}
        </button>
      </form>
      <div aria-live="polite">
        {tried !== null && <Result tried={tried} queues={queues} fields={fields} />}
      </div>
    </Part>
  );
}

function Result({ tried, queues, fields }: TryRulesProps & { tried: readonly Tried[] }) {
  const nameOf = (queue: string) => queues.find(({ id }) => id === queue)?.name ?? "";
  return (
    <>
      <p className="tried__result" dir="auto">
        {resultOf(tried, nameOf, queues.find(({ isDefault }) => isDefault)?.name ?? "")}
      </p>
      <ol className="tried" aria-label={words.result}>
        {tried.map((one) => (
          <li key={one.id} className="tried__rule">
            <Mark verdict={one.verdict} />
            <span className="tried__words">
              <a href={formatRoute({ screen: "settings", path: ["routing", "rules", one.id] })} dir="auto">
                {one.name}
              </a>
              <span className={`tried__why ${one.verdict === "decides" ? "tried__why--decides" : ""}`}>
                {whyOf(one, fields)}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

const ICONS: Readonly<Record<Verdict, LucideIcon>> = {
  decides: Check,
  matches_too: Check,
  does_not_match: X,
  off: CircleOff,
  not_judged: CircleOff,
};

function Mark({ verdict }: { verdict: Verdict }) {
  const Icon = ICONS[verdict];
  return <Icon className={`tried__mark tried__mark--${verdict}`} size={15} aria-hidden="true" />;
}

function resultOf(tried: readonly Tried[], nameOf: (queue: string) => string, otherwise: string): string {
  const decider = tried.find(({ verdict }) => verdict === "decides");
  if (decider !== undefined) return words.decides(decider.name, nameOf(decider.queue));
  const isGivenUp = tried.some(({ verdict }) => verdict === "not_judged");
  return isGivenUp ? words.givenUp(otherwise) : words.noneDecides(otherwise);
}

function whyOf({ verdict, failed }: Tried, fields: readonly Field[]): string {
  if (verdict !== "does_not_match" || failed.length === 0) return words.verdicts[verdict];
  const named = (those: readonly Failed[]) => those.map((one) => failedInWords(one, fields)).join("; ");
  const missing = failed.filter(({ holds }) => !holds);
  const excluded = failed.filter(({ holds }) => holds);
  return [
    ...(missing.length === 0 ? [] : [words.because(named(missing))]),
    ...(excluded.length === 0 ? [] : [words.becauseNot(named(excluded))]),
  ].join(". ");
}

/** As the page of the rule says it; what no form shows, as the API does. */
function failedInWords({ attribute, operator, value }: Failed, fields: readonly Field[]): string {
  const query = queryFrom({ and: [{ [attribute]: { [operator]: value } }] });
  return query === null ? `${attribute} ${operator}` : whomInWords(query, fields);
}
