import { type FormEvent, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { useFocused } from "../../app/use-focused.ts";
import { TextField, Tick } from "../../forms/Fields.tsx";
import { Sheet } from "../../picker/Sheet.tsx";
import { words } from "./en.ts";
import type { Agent, Team } from "./people.ts";

interface TeamSheetProps {
  /** Null makes one. */
  team: Team | null;
  agents: readonly Agent[];
  /** Rejects when nothing was changed. */
  onSave: (team: Team) => Promise<void>;
  onRemove: (team: Team) => void;
  onClose: () => void;
}

/** A team's name, and who is in it. */
export function TeamSheet({ team, agents, onSave, onRemove, onClose }: TeamSheetProps) {
  const first = useFocused(team === null);
  const [name, setName] = useState(team?.name ?? "");
  const [members, setMembers] = useState<readonly string[]>(team?.members ?? []);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = (action: Promise<void>) => {
    setBusy(true);
    action.catch((error: unknown) => {
      setBusy(false);
      setProblem(words.failed(wordsFor(error)));
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() !== "") attempt(onSave({ id: team?.id ?? null, name: name.trim(), members }));
  };
  const title = team === null ? words.newTeam : words.editTeam;
  return (
    <Sheet title={title} anchor={null} onClose={onClose}>
      <form className="sheet-form" onSubmit={submit} noValidate>
        <h2 className="sheet-form__title">{title}</h2>
        <TextField
          ref={first}
          label={words.teamName}
          value={name}
          placeholder={words.teamNamePlaceholder}
          maxLength={255}
          autoComplete="off"
          problem={isAsked && name.trim() === "" ? words.lacksName : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border */}
        <div role="group" aria-label={words.memberNames}>
          <p className="field__label sheet-form__text">{words.memberNames}</p>
          {agents.map((agent) => (
            <Tick
              key={agent.id}
              label={agent.name}
              isOn={members.includes(agent.id)}
              onTick={(isOn) =>
                setMembers(isOn ? [...members, agent.id] : members.filter((id) => id !== agent.id))
              }
            />
          ))}
        </div>
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          {team !== null && (
            <button
              type="button"
              className="button button--quiet sheet-form__remove"
              disabled={isBusy}
              onClick={() => onRemove(team)}
            >
              {words.remove}
            </button>
          )}
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary" disabled={isBusy}>
            {words.save}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
