import { TextField, Tick } from "../../forms/Fields.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import type { Draft } from "./slas.ts";

interface PartProps {
  draft: Draft;
  isAsked: boolean;
  onChange: (patch: Partial<Draft>) => void;
}

export function AboutPart({ draft: { name, isEnabled }, isAsked, onChange }: PartProps) {
  return (
    <Part title={words.about}>
      <div className="fields">
        <TextField
          label={words.name}
          value={name}
          placeholder={words.namePlaceholder}
          maxLength={255}
          autoComplete="off"
          problem={isAsked && name.trim() === "" ? words.lacksName : undefined}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <Tick
          label={words.enabled}
          hint={words.enabledHint}
          isOn={isEnabled}
          onTick={(isOn) => onChange({ isEnabled: isOn })}
        />
      </div>
    </Part>
  );
}
