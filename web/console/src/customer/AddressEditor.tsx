import { Trash2 } from "lucide-react";
import { useState } from "react";

import { ADDRESS_TYPES, type Address, type AddressKind } from "./addresses.ts";
import { words } from "./en.ts";
import type { Owner } from "./owner.ts";
import { Taken } from "./Taken.tsx";
import { TextEditor } from "./TextEditor.tsx";

interface AddressEditorProps {
  customer: string;
  /** Null for a new one. */
  address: Address | null;
  problem: string | null;
  /** Who has it already. */
  owner: Owner | null;
  onSave: (address: Address) => void;
  onRemove?: () => void;
  onCancel: () => void;
}

const KINDS: readonly AddressKind[] = ["email", "phone"];
const INPUTS = { email: "email", phone: "tel" } as const;

/** An address with its kind; a new one may be of either. */
export function AddressEditor({
  customer,
  address,
  problem,
  owner,
  onSave,
  onRemove,
  onCancel,
}: AddressEditorProps) {
  const [choice, setChoice] = useState(address === null ? "email home" : `${address.kind} ${address.type}`);
  const [kind = "email", type = "home"] = choice.split(" ") as [AddressKind, string];
  const kinds = address === null ? KINDS : [address.kind];
  const types = (of: AddressKind) => {
    const known = ADDRESS_TYPES[of];
    return address !== null && !known.includes(address.type) ? [...known, address.type] : known;
  };
  return (
    <div className="address-editor">
      <TextEditor
        label={words[kind]}
        value={address?.value ?? ""}
        type={INPUTS[kind]}
        problem={problem}
        onSave={(value) => {
          if (value === "") onCancel();
          else onSave({ kind, value, type, isProven: address?.value === value && address.isProven });
        }}
        onCancel={onCancel}
      />
      {owner !== null && <Taken customer={customer} owner={owner} />}
      <div className="address-editor__foot">
        <label>
          <span className="sr-only">{words.addressType}</span>
          <select value={choice} onChange={(event) => setChoice(event.target.value)}>
            {kinds.map((one) => (
              <optgroup key={one} label={words[one]}>
                {types(one).map((name) => (
                  <option key={name} value={`${one} ${name}`}>
                    {words[one]}, {(words.addressTypes[name] ?? name).toLowerCase()}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        {onRemove !== undefined && (
          <button type="button" className="add add--danger" onClick={onRemove}>
            <Trash2 size={13} aria-hidden="true" />
            {words.remove}
          </button>
        )}
      </div>
    </div>
  );
}
