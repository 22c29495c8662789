import { type FormEvent, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { TextArea } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { debugToken, type Verdict } from "./identity.ts";
import { VerdictView } from "./VerdictView.tsx";

/** Paste a token, read why it is refused. */
export function Debugger() {
  const [token, setToken] = useState("");
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const check = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      setVerdict(await debugToken(token.trim()));
    } catch (error) {
      setVerdict(null);
      setProblem(wordsFor(error));
    }
    setBusy(false);
  };
  return (
    <Part title={words.debugger} text={words.debuggerText}>
      <form className="debugger" onSubmit={(event) => void check(event)}>
        <TextArea
          label={words.token}
          rows={3}
          spellCheck={false}
          autoComplete="off"
          placeholder={words.tokenPlaceholder}
          value={token}
          problem={problem}
          onChange={(event) => {
            setToken(event.target.value);
            setVerdict(null);
          }}
        />
        <button type="submit" className="button button--primary" disabled={isBusy || token.trim() === ""}>
          {isBusy ? words.checking : words.check}
        </button>
      </form>
      <div role="status">{verdict !== null && <VerdictView verdict={verdict} />}</div>
    </Part>
  );
}
