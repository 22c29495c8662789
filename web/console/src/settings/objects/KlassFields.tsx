import { type CSSProperties, memo, useId, useState } from "react";

import { useFocused } from "../../app/use-focused.ts";
import { Select, TextField, Tick } from "../../forms/Fields.tsx";
import { ObjectIcon } from "../../objects/ObjectIcon.tsx";
import { suggestKlassName } from "../attributes/naming.ts";
import { words } from "./en.ts";
import { COLORS, ICONS, type Klass, STATUSES, withMixin } from "./klass.ts";
import type { Lacks } from "./lacks.ts";

interface KlassFieldsProps {
  klass: Klass;
  others: readonly Klass[];
  lacks: Lacks;
  onChange: (patch: Partial<Klass>) => void;
}

/** What a kind of record is called, and how it looks. */
export function KlassFields({ klass, others, lacks, onChange }: KlassFieldsProps) {
  const isNew = klass.id === null;
  const first = useFocused(isNew);
  const [hasOwnName, setOwnName] = useState(!isNew);
  const rename = (displayName: string) => {
    const taken = others.map(({ name }) => name);
    const name = displayName.trim() === "" ? "" : suggestKlassName(displayName, taken);
    onChange(hasOwnName ? { displayName } : { displayName, name });
  };
  return (
    <div className="fields">
      <div className="fields__two">
        <TextField
          ref={first}
          label={words.displayName}
          value={klass.displayName}
          placeholder={words.displayNamePlaceholder}
          maxLength={255}
          autoComplete="off"
          problem={lacks.displayName}
          onChange={(event) => rename(event.target.value)}
        />
        <TextField
          label={words.pluralName}
          value={klass.pluralName}
          placeholder={words.pluralNamePlaceholder}
          maxLength={255}
          autoComplete="off"
          onChange={(event) => onChange({ pluralName: event.target.value })}
        />
      </div>
      <TextField
        label={words.name}
        hint={isNew ? words.nameHint : words.nameFixed}
        value={klass.name}
        readOnly={!isNew}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        problem={lacks.name}
        onChange={(event) => {
          setOwnName(true);
          onChange({ name: event.target.value });
        }}
      />
      <IconChoice icon={klass.icon} color={klass.color} onChange={onChange} />
      <ColorChoice color={klass.color} onChange={onChange} />
      <Select
        label={words.status}
        value={klass.status}
        options={STATUSES.map((status) => [status, words.statuses[status]] as const)}
        onPick={(status) => onChange({ status })}
      />
      <Tick
        label={words.creatable}
        hint={words.creatableHint}
        isOn={klass.mixins.includes("creatable")}
        onTick={(isOn) => onChange(withMixin(klass, "creatable", isOn))}
      />
      <Tick
        label={words.editable}
        hint={words.editableHint}
        isOn={klass.mixins.includes("editable")}
        onTick={(isOn) => onChange(withMixin(klass, "editable", isOn))}
      />
    </div>
  );
}

type LookProps = Pick<Klass, "icon" | "color"> & Pick<KlassFieldsProps, "onChange">;

/** Not drawn anew for each letter of a name. */
const IconChoice = memo(function IconChoice({ icon: chosen, color, onChange }: LookProps) {
  const name = useId();
  return (
    <fieldset className="swatches">
      <legend className="field__label">{words.icon}</legend>
      <div className="swatches__all">
        {ICONS.map((icon) => (
          <label key={icon} className="swatch" title={words.iconNamed(icon)}>
            <input
              type="radio"
              className="swatch__radio"
              name={name}
              aria-label={words.iconNamed(icon)}
              checked={icon === chosen}
              onChange={() => onChange({ icon })}
            />
            <ObjectIcon icon={icon} color={icon === chosen ? color : null} />
          </label>
        ))}
      </div>
    </fieldset>
  );
});

const ColorChoice = memo(function ColorChoice({ color, onChange }: Omit<LookProps, "icon">) {
  const name = useId();
  return (
    <fieldset className="swatches">
      <legend className="field__label">{words.color}</legend>
      <div className="swatches__all">
        {COLORS.map(([id, value]) => (
          <label key={id} className="swatch" title={words.colors[id]}>
            <input
              type="radio"
              className="swatch__radio"
              name={name}
              aria-label={words.colors[id]}
              checked={value === color}
              onChange={() => onChange({ color: value })}
            />
            <span
              className="swatch__color"
              style={{ "--swatch": value } as CSSProperties}
              aria-hidden="true"
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
});
