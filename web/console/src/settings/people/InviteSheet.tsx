import { type FormEvent, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { useFocused } from "../../app/use-focused.ts";
import { Select, TextField } from "../../forms/Fields.tsx";
import { Sheet } from "../../picker/Sheet.tsx";
import { Copyable } from "../Copyable.tsx";
import { NotConfirmed } from "../confirming.tsx";
import { words } from "./en.ts";
import type { Invitation, InviteWish } from "./people.ts";

interface InviteSheetProps {
  /** Rejects when nobody was made. */
  onInvite: (wish: InviteWish) => Promise<void>;
  onClose: () => void;
}

const ADDRESS = /^[^\s@]+@[^\s@]+$/u;

/** Who comes, and what they may do. */
export function InviteSheet({ onInvite, onClose }: InviteSheetProps) {
  const first = useFocused();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<InviteWish["role"]>("agent");
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wish = { name: name.trim(), email: email.trim(), role };
  const lacksName = wish.name === "";
  const lacksEmail = !ADDRESS.test(wish.email);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (lacksName || lacksEmail) return;
    setBusy(true);
    setProblem(null);
    onInvite(wish).catch((error: unknown) => {
      setBusy(false);
      if (!(error instanceof NotConfirmed)) setProblem(words.notInvited(wordsFor(error)));
    });
  };
  return (
    <Sheet title={words.invite} anchor={null} onClose={onClose}>
      <form className="sheet-form" onSubmit={submit} noValidate>
        <h2 className="sheet-form__title">{words.invite}</h2>
        <TextField
          ref={first}
          label={words.inviteName}
          value={name}
          placeholder={words.inviteNamePlaceholder}
          maxLength={255}
          autoComplete="off"
          problem={isAsked && lacksName ? words.lacksAgentName : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={words.inviteEmail}
          type="email"
          value={email}
          placeholder={words.inviteEmailPlaceholder}
          maxLength={254}
          autoComplete="off"
          spellCheck={false}
          problem={isAsked && lacksEmail ? words.lacksEmail : undefined}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Select label={words.inviteRole} value={role} options={words.roles} onPick={setRole} />
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary" disabled={isBusy}>
            {words.makeLink}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

/** The link, this once. A press beside the sheet must not take it away. */
export function Invited({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const title = words.invitedTitle(invitation.name);
  return (
    <Sheet title={title} anchor={null} onClose={() => undefined}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{title}</h2>
        <p className="sheet-form__text">{words.invitedText}</p>
        <Copyable label={words.setupLink} text={invitation.setupUrl} />
        <div className="sheet-form__actions">
          <button type="button" className="button button--primary" onClick={onClose}>
            {words.haveIt}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
