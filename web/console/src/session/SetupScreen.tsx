import { Refused } from "@kithdesk/api-client";
import { type FormEvent, useState } from "react";

import { wordsFor } from "../api/errors.ts";
import { Brand } from "../app/Brand.tsx";
import { useFocused } from "../app/use-focused.ts";
import { words } from "./en.ts";
import { setUp } from "./session.ts";
import "./session.css";

const SHORTEST = 8;

/** The first visit of an invited agent or of the first administrator: choose a password, and be in. */
export function SetupScreen({ token }: { token: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const field = useFocused();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    if ([...password].length < SHORTEST) return setProblem(words.tooShort);
    setBusy(true);
    setProblem(null);
    try {
      await setUp(token, password);
    } catch (error) {
      const isUsed = error instanceof Refused && [401, 404, 410].includes(error.status);
      setProblem(isUsed ? words.setupFailed : wordsFor(error));
      setBusy(false);
    }
  };
  return (
    <form className="door" aria-labelledby="door-title" onSubmit={(event) => void submit(event)}>
      <Brand />
      <h1 className="door__title" id="door-title">
        {words.setupTitle}
      </h1>
      <p className="door__text">{words.setupText}</p>
      <label className="field">
        <span className="field__label">{words.newPassword}</span>
        <input
          ref={field}
          className="field__input"
          type="password"
          name="password"
          autoComplete="new-password"
          aria-describedby="password-hint"
          required
        />
        <span className="field__hint" id="password-hint">
          {words.newPasswordHint}
        </span>
      </label>
      <p className="door__problem" role="alert">
        {problem}
      </p>
      <button className="button button--primary button--wide" type="submit" disabled={isBusy}>
        {isBusy ? words.signingIn : words.setupAction}
      </button>
    </form>
  );
}
