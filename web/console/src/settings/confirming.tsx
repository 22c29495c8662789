import { Refused } from "@kithdesk/api-client";
import { type FormEvent, type ReactNode, useState } from "react";

import { api } from "../api/api.ts";
import { isUnauthorized, wordsFor } from "../api/errors.ts";
import { useFocused } from "../app/use-focused.ts";
import { TextField } from "../forms/Fields.tsx";
import { Sheet } from "../picker/Sheet.tsx";
import { words } from "./en.ts";

/** The agent did not want to give the password: nothing was done, and nothing has to be said. */
export class NotConfirmed extends Error {}

type Confirmed = <Answer>(action: () => Promise<Answer>) => Promise<Answer>;

/**
 * Some things ask for the password when it was last given a while ago. `confirmed` does them, asks when it must, and
 * rejects with `NotConfirmed` when the agent would rather not; `sheet` has to be drawn somewhere.
 */
export function useConfirmed(): { confirmed: Confirmed; sheet: ReactNode } {
  const [answer, setAnswer] = useState<{ give: (isConfirmed: boolean) => void } | null>(null);
  const confirmed: Confirmed = async (action) => {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== "confirmation_needed") throw error;
      const isConfirmed = await new Promise<boolean>((resolve) => setAnswer({ give: resolve }));
      setAnswer(null);
      if (!isConfirmed) throw new NotConfirmed();
      return await action();
    }
  };
  const sheet = answer === null ? null : <PasswordSheet onAnswer={answer.give} />;
  return { confirmed, sheet };
}

function PasswordSheet({ onAnswer }: { onAnswer: (isConfirmed: boolean) => void }) {
  const field = useFocused();
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    setBusy(true);
    try {
      await api.put("/v1/auth/tokens/current", { password });
      onAnswer(true);
    } catch (error) {
      setProblem(isUnauthorized(error) ? words.wrongPassword : wordsFor(error));
      setBusy(false);
    }
  };
  return (
    <Sheet title={words.confirmTitle} anchor={null} onClose={() => onAnswer(false)}>
      <form className="sheet-form" onSubmit={(event) => void submit(event)}>
        <h2 className="sheet-form__title">{words.confirmTitle}</h2>
        <p className="sheet-form__text">{words.confirmText}</p>
        <TextField
          ref={field}
          label={words.password}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          problem={problem}
        />
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={() => onAnswer(false)}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary" disabled={isBusy}>
            {words.confirm}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
