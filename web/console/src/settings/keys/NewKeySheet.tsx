import { type FormEvent, useState } from "react";

import { serverNow } from "../../api/clock.ts";
import { wordsFor } from "../../api/errors.ts";
import { useFocused } from "../../app/use-focused.ts";
import { Select, TextField } from "../../forms/Fields.tsx";
import { Sheet } from "../../picker/Sheet.tsx";
import { NotConfirmed } from "../confirming.tsx";
import { words } from "./en.ts";
import type { KeyWish } from "./keys.ts";

interface NewKeySheetProps {
  /** Rejects when none was made. */
  onCreate: (wish: KeyWish) => Promise<void>;
  onClose: () => void;
}

const DAY_MS = 86_400_000;

/** What a key is for, and how much it may. */
export function NewKeySheet({ onCreate, onClose }: NewKeySheetProps) {
  const first = useFocused();
  const [name, setName] = useState("");
  const [role, setRole] = useState<KeyWish["role"]>("agent");
  const [networks, setNetworks] = useState("");
  const [days, setDays] = useState<(typeof words.lives)[number][0]>("365");
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === "") return;
    setBusy(true);
    const expiresAt = days === "" ? null : new Date(serverNow() + Number(days) * DAY_MS).toISOString();
    const wish = { name: name.trim(), role, networks: networks.split(/[\s,]+/u).filter(Boolean), expiresAt };
    onCreate(wish).catch((error: unknown) => {
      setBusy(false);
      if (!(error instanceof NotConfirmed)) setProblem(words.failed(wordsFor(error)));
    });
  };
  return (
    <Sheet title={words.add} anchor={null} onClose={onClose}>
      <form className="sheet-form" onSubmit={submit} noValidate>
        <h2 className="sheet-form__title">{words.add}</h2>
        <TextField
          ref={first}
          label={words.name}
          value={name}
          placeholder={words.namePlaceholder}
          maxLength={255}
          autoComplete="off"
          problem={isAsked && name.trim() === "" ? words.lacksName : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <Select label={words.role} value={role} options={words.roles} onPick={setRole} />
        <Select label={words.lasts} value={days} options={words.lives} onPick={setDays} />
        <TextField
          label={words.networks}
          hint={words.networksHint}
          value={networks}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setNetworks(event.target.value)}
        />
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary" disabled={isBusy}>
            {words.create}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
