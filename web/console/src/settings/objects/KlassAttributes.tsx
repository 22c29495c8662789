import { Plus } from "lucide-react";
import { useState } from "react";
import type { Attribute } from "../../attributes/attribute.ts";
import { AttributeList } from "../attributes/AttributeList.tsx";
import { AttributeSheet } from "../attributes/AttributeSheet.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import type { Klass } from "./klass.ts";

interface KlassAttributesProps {
  klass: Klass;
  onChange: (patch: Partial<Klass>) => void;
}

/** The attributes of a kind of record. They are saved with it, not one by one. */
export function KlassAttributes({ klass, onChange }: KlassAttributesProps) {
  const [edited, setEdited] = useState<Attribute | "new" | null>(null);
  const { attributes, card } = klass;
  const others = attributes.filter((one) => one !== edited);
  const save = async (saved: Attribute) => {
    const isNew = edited === "new";
    onChange({
      attributes: isNew ? [...attributes, saved] : attributes.map((one) => (one === edited ? saved : one)),
      // The card that somebody chose shows what they add next, too, as long as it has room.
      ...(isNew && card.length > 0 && card.length < ON_A_CARD ? { card: [...card, saved.name] } : {}),
    });
    setEdited(null);
  };
  const remove = async (removed: Attribute) => {
    onChange({
      attributes: attributes.filter((one) => one !== removed),
      card: card.filter((name) => name !== removed.name),
    });
    setEdited(null);
  };
  const addButton = (
    <button type="button" className="button" onClick={() => setEdited("new")}>
      <Plus size={15} aria-hidden="true" />
      {words.addAttribute}
    </button>
  );
  return (
    <Part title={words.held} text={words.heldText} action={addButton}>
      {attributes.length === 0 ? (
        <p className="field__hint">{words.heldEmpty}</p>
      ) : (
        <AttributeList
          label={words.held}
          attributes={attributes}
          onEdit={setEdited}
          onOrder={(ordered) => onChange({ attributes: ordered })}
        />
      )}
      {edited !== null && (
        <AttributeSheet
          attribute={edited === "new" ? null : edited}
          others={others}
          onSave={save}
          onRemove={remove}
          onClose={() => setEdited(null)}
        />
      )}
    </Part>
  );
}

const ON_A_CARD = 5;
