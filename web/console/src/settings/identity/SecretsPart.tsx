import { exactTime, relativeTime, upcomingTime } from "@kithdesk/ui";
import { useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { useNow } from "../../app/now.ts";
import { showToast } from "../../toast/toast.ts";
import { Copyable } from "../Copyable.tsx";
import { NotConfirmed, useConfirmed } from "../confirming.tsx";
import { Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { endSecret, loadSecrets, rotateSecret, type Secret, type Secrets } from "./identity.ts";
import { EndSheet, RotateSheet } from "./SecretSheets.tsx";

type Open = { readonly kind: "rotate" } | { readonly kind: "end"; readonly secret: Secret } | null;

/** The secrets that sign, the newest readable, and a new one in its place. */
export function SecretsPart() {
  const { loaded, reload, show } = useLoaded(loadSecrets);
  const { confirmed, sheet } = useConfirmed();
  const [open, setOpen] = useState<Open>(null);
  const change = async (action: () => Promise<Secrets>, said: string) => {
    setOpen(null);
    try {
      show(await confirmed(action));
      showToast(said);
    } catch (error) {
      if (!(error instanceof NotConfirmed)) showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
  };
  const rotateButton = (
    <button
      type="button"
      className="button"
      disabled={loaded.state !== "ready"}
      onClick={() => setOpen({ kind: "rotate" })}
    >
      {words.rotate}
    </button>
  );
  return (
    <Part title={words.secrets} text={words.secretsText} action={rotateButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {({ value, secrets }) => (
          <>
            <Value value={value} />
            <ul className="secrets" aria-label={words.secrets}>
              {secrets.map((secret) => (
                <SecretRow key={secret.id} secret={secret} onEnd={() => setOpen({ kind: "end", secret })} />
              ))}
            </ul>
          </>
        )}
      </WhenLoaded>
      {open?.kind === "rotate" && (
        <RotateSheet
          onRotate={(hours) => void change(() => rotateSecret(hours), words.didRotate)}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.kind === "end" && (
        <EndSheet
          onEnd={() => void change(() => endSecret(open.secret.id), words.didEnd)}
          onClose={() => setOpen(null)}
        />
      )}
      {sheet}
    </Part>
  );
}

function Value({ value }: { value: string }) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="secret-value">
      {isShown ? (
        <Copyable label={words.value} text={value} />
      ) : (
        <div className="copyable">
          <span className="copyable__text" aria-hidden="true">
            {words.hidden}
          </span>
        </div>
      )}
      <button type="button" className="button" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? words.hide : words.show}
        <span className="sr-only">: {words.value}</span>
      </button>
    </div>
  );
}

function SecretRow({ secret, onEnd }: { secret: Secret; onEnd: () => void }) {
  const now = useNow();
  const { createdAt, endsAt } = secret;
  const made = relativeTime(createdAt, now);
  return (
    <li className="secrets__secret">
      <span>
        {words.created}{" "}
        <time dateTime={createdAt} title={exactTime(createdAt)}>
          {made}
        </time>
      </span>
      {endsAt === null ? (
        <span className="mark mark--good">{words.newest}</span>
      ) : (
        <time className="secrets__end" dateTime={endsAt} title={exactTime(endsAt)}>
          {endsAt > now ? words.endsAt(upcomingTime(endsAt, now)) : words.ended(relativeTime(endsAt, now))}
        </time>
      )}
      {endsAt !== null && endsAt > now && (
        <button
          type="button"
          className="button button--quiet"
          aria-label={words.endOne(made)}
          onClick={onEnd}
        >
          {words.end}
        </button>
      )}
    </li>
  );
}
