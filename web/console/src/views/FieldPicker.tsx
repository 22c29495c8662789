import { useMemo } from "react";

import { type Option, Picker } from "../picker/Picker.tsx";
import { words } from "./en.ts";
import type { Field } from "./fields.ts";

interface FieldPickerProps {
  fields: readonly Field[];
  /** What is asked for until now. */
  chosen: string | null;
  anchor: DOMRect;
  onPick: (field: Field) => void;
  onClose: () => void;
}

/** What to ask for, of whom: there may be hundreds, so one types a few letters of either. */
export function FieldPicker({ fields, chosen, anchor, onPick, onClose }: FieldPickerProps) {
  const options = useMemo(
    () => fields.filter(({ isHidden }) => isHidden !== true).map((field) => optionOf(field, chosen)),
    [fields, chosen],
  );
  return (
    <Picker
      title={words.field}
      placeholder={words.fieldPlaceholder}
      options={options}
      anchor={anchor}
      onPick={({ id }) => {
        const picked = fields.find(({ field }) => field === id);
        if (picked !== undefined) onPick(picked);
        onClose();
      }}
      onClose={onClose}
    />
  );
}

function optionOf({ field, name, group, icon: Icon, isSensitive }: Field, chosen: string | null): Option {
  return {
    id: field,
    label: name,
    also: group,
    icon: <Icon size={15} />,
    group,
    hint: isSensitive === true ? words.sensitive : undefined,
    isChosen: field === chosen,
  };
}
