import { useEffect, useState } from "react";

import { Brand } from "../app/Brand.tsx";
import { go } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { words } from "./en.ts";
import { signInByLink } from "./session.ts";
import "./session.css";

// React runs effects twice in development, and a link works once.
const tried = new Map<string, Promise<void>>();

/** A one-time link signs in by itself: the token is in the fragment, which no server and no mail scanner reads. */
export function LinkScreen({ token }: { token: string }) {
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    const attempt = tried.get(token) ?? signInByLink(token);
    tried.set(token, attempt);
    attempt.catch(() => setFailed(true));
  }, [token]);
  return (
    <div className="door" aria-live="polite">
      <Brand />
      <h1 className="door__title">{hasFailed ? words.linkFailedTitle : words.linkTitle}</h1>
      {hasFailed && (
        <>
          <p className="door__text">{words.linkFailedText}</p>
          <button
            className="button button--primary button--wide"
            type="button"
            onClick={() => go(HOME, "replace")}
          >
            {words.toSignIn}
          </button>
        </>
      )}
    </div>
  );
}
