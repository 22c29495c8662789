import { Fact } from "../app/Fact.tsx";
import { isChosen, isEmpty } from "../attributes/attribute-values.ts";
import { Value } from "../customer/Value.tsx";
import { ValueEditor } from "../customer/ValueEditor.tsx";
import type { Json } from "./company.ts";
import type { Field } from "./fields.ts";
import type { Save } from "./use-company.ts";
import { useField } from "./use-field.ts";

interface CompanyFactProps {
  field: Field;
  record: Json;
  onSave: Save;
}

/** One value, which changes where it stands, by its type. */
export function CompanyFact({ field, record, onSave }: CompanyFactProps) {
  const { declared } = field;
  const value = field.read(record);
  const { isOpen, anchor, problem, draft, opener, open, save, close } = useField(field, value, onSave);
  return (
    <Fact label={declared.label} hint={declared.description}>
      {!(isOpen && !isChosen(declared)) && (
        <Value
          declared={declared}
          value={isEmpty(value) ? null : value}
          opener={opener}
          onEdit={(element) => open(element.getBoundingClientRect())}
        />
      )}
      {isOpen && (
        <ValueEditor
          declared={declared}
          value={draft(value)}
          problem={problem}
          anchor={anchor}
          onSave={save}
          onClose={close}
        />
      )}
    </Fact>
  );
}
