import { type FormEvent, useState } from "react";

import { useFocused } from "../../app/use-focused.ts";
import { TextField } from "../../forms/Fields.tsx";
import { Sheet } from "../../picker/Sheet.tsx";
import { words } from "./en.ts";
import { keyFor, problemOfSkill } from "./skills.ts";

interface NewSkillProps {
  /** Rejects when there is none. */
  onAdd: (name: string, key: string) => Promise<void>;
  onClose: () => void;
}

/** A skill by its name; its key follows the name until one gives another. */
export function NewSkill({ onAdd, onClose }: NewSkillProps) {
  const first = useFocused();
  const [name, setName] = useState("");
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = ownKey ?? keyFor(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === "" || key === "") return;
    onAdd(name.trim(), key).catch((error: unknown) => setProblem(words.failed(problemOfSkill(error))));
  };
  return (
    <Sheet title={words.newSkill} anchor={null} onClose={onClose}>
      <form className="sheet-form" onSubmit={submit} noValidate>
        <h2 className="sheet-form__title">{words.newSkill}</h2>
        <TextField
          ref={first}
          label={words.name}
          value={name}
          placeholder={words.skillNamePlaceholder}
          maxLength={255}
          autoComplete="off"
          problem={isAsked && name.trim() === "" ? words.lacksName : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={words.key}
          hint={words.keyHint}
          value={key}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          problem={isAsked && name.trim() !== "" && key === "" ? words.lacksKey : undefined}
          onChange={(event) => setOwnKey(event.target.value)}
        />
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary">
            {words.addSkill}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
