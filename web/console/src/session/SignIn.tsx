import { Refused } from "@kithdesk/api-client";
import { type FormEvent, useState } from "react";

import { wordsFor } from "../api/errors.ts";
import { Brand } from "../app/Brand.tsx";
import { useFocused } from "../app/use-focused.ts";
import { words } from "./en.ts";
import { signIn } from "./session.ts";
import "./session.css";

interface SignInProps {
  /** Whose session ended: the form then asks for the password only. */
  email?: string | undefined;
}

/** The door: email and password. */
export function SignIn({ email }: SignInProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isExpired = email !== undefined;
  const emailField = useFocused(!isExpired);
  const passwordField = useFocused(isExpired);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      await signIn(String(form.get("email")).trim(), String(form.get("password")));
    } catch (error) {
      setProblem(signInProblem(error));
      setBusy(false);
    }
  };
  return (
    <form className="door" aria-labelledby="door-title" onSubmit={(event) => void submit(event)}>
      <Brand />
      <h1 className="door__title" id="door-title">
        {isExpired ? words.expiredTitle : words.title}
      </h1>
      {isExpired && <p className="door__text">{words.expiredText}</p>}
      <label className="field">
        <span className="field__label">{words.email}</span>
        <input
          className="field__input"
          ref={emailField}
          type="email"
          name="email"
          autoComplete="username"
          required
          defaultValue={email}
        />
      </label>
      <label className="field">
        <span className="field__label">{words.password}</span>
        <input
          className="field__input"
          ref={passwordField}
          type="password"
          name="password"
          autoComplete="current-password"
          required
        />
      </label>
      <p className="door__problem" role="alert">
        {problem}
      </p>
      <button className="button button--primary button--wide" type="submit" disabled={isBusy}>
        {isBusy ? words.signingIn : words.signIn}
      </button>
    </form>
  );
}

function signInProblem(error: unknown): string {
  if (error instanceof Refused && error.status === 401) return words.wrong;
  if (error instanceof Refused && error.status === 429) return words.slowDown(error.retryAfter ?? 60);
  return wordsFor(error);
}
