import { exactTime } from "@kithdesk/ui";
import { type FormEvent, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { useFocused } from "../../app/use-focused.ts";
import { Select, TextField } from "../../forms/Fields.tsx";
import { Sheet } from "../../picker/Sheet.tsx";
import { NotConfirmed } from "../confirming.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { loadFormerShops, type NewIntegration, PROVIDERS, type Provider } from "./integrations.ts";

interface ConnectSheetProps {
  /** Rejects when it was not connected. */
  onConnect: (wanted: NewIntegration) => Promise<void>;
  onClose: () => void;
}

const SHORTEST = 8;
const ANOTHER_SHOP = "";

/** Which shop, and the secret it signs with. */
export function ConnectSheet({ onConnect, onClose }: ConnectSheetProps) {
  const first = useFocused();
  const [provider, setProvider] = useState<Provider>("shopify");
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const [continues, setContinues] = useState(ANOTHER_SHOP);
  const { loaded } = useLoaded(loadFormerShops);
  const former = loaded.state === "ready" ? loaded.data.filter((shop) => shop.provider === provider) : [];
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isMade, setMade] = useState(false);
  const isProvisional = provider === "shopify" && isMade;
  const make = () => {
    setSecret(newSecret());
    setMade(true);
  };
  const isShort = secret.trim().length < SHORTEST;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (isShort) return;
    setBusy(true);
    const wanted = {
      provider,
      name: name.trim() || words.providers[provider],
      secret: secret.trim(),
      ...(continues === ANOTHER_SHOP ? {} : { continues }),
    };
    onConnect(wanted).catch((error: unknown) => {
      setBusy(false);
      if (!(error instanceof NotConfirmed)) setProblem(words.failed(wordsFor(error)));
    });
  };
  return (
    <Sheet title={words.addTitle} anchor={null} onClose={onClose}>
      <form className="sheet-form" onSubmit={submit} noValidate>
        <h2 className="sheet-form__title">{words.addTitle}</h2>
        <Select
          label={words.provider}
          value={provider}
          options={PROVIDERS.map((one) => [one, words.providers[one]] as const)}
          onPick={(picked) => {
            setProvider(picked);
            setContinues(ANOTHER_SHOP);
          }}
        />
        {former.length > 0 && (
          <Select
            label={words.continues}
            hint={words.continuesHint}
            value={continues}
            options={[
              [ANOTHER_SHOP, words.continuesNone] as const,
              ...former.map(
                ({ handle, name: called, leftAt }) =>
                  [handle, words.continuesOf(called, exactTime(leftAt))] as const,
              ),
            ]}
            onPick={setContinues}
          />
        )}
        <TextField
          ref={first}
          label={words.name}
          value={name}
          placeholder={words.namePlaceholder}
          maxLength={255}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={words.secret}
          hint={isProvisional ? words.provisional : words.secretHints[provider]}
          problem={isAsked && isShort ? words.lacksSecret : undefined}
          value={secret}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setSecret(event.target.value);
            setMade(false);
          }}
        />
        {secret === "" && (
          <button type="button" className="text-button fields__aside" onClick={make}>
            {words.generate[provider]}
          </button>
        )}
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary" disabled={isBusy}>
            {words.connect}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
