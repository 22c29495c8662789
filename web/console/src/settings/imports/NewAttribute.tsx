import type { Attribute } from "../../attributes/attribute.ts";
import { useDeclarations } from "../../attributes/store.ts";
import { showToast } from "../../toast/toast.ts";
import { AttributeSheet } from "../attributes/AttributeSheet.tsx";
import { saveAttribute } from "../attributes/api.ts";
import { words } from "../attributes/en.ts";

interface NewAttributeProps {
  /** As the column is. */
  called: string;
  onDeclared: (name: string) => void;
  onClose: () => void;
}

const NONE: readonly Attribute[] = [];

/** Declares what a column holds, without leaving the file. */
export function NewAttribute({ called, onDeclared, onClose }: NewAttributeProps) {
  const others = useDeclarations(({ of }) => of.get("customer")?.attributes) ?? NONE;
  const save = async (attribute: Attribute) => {
    await saveAttribute("customer", attribute);
    showToast(words.saved(attribute.displayName));
    onDeclared(attribute.name);
    onClose();
  };
  return (
    <AttributeSheet
      attribute={null}
      called={called}
      others={others}
      onSave={save}
      onRemove={async () => undefined}
      onClose={onClose}
    />
  );
}
