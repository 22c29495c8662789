import { Tick } from "../../forms/Fields.tsx";
import { words } from "./en.ts";
import type { Klass } from "./klass.ts";

interface CardFieldsProps {
  klass: Klass;
  onChange: (patch: Partial<Klass>) => void;
}

/** Which attributes a card shows; they stand on it in the order of the attributes. */
export function CardFields({ klass, onChange }: CardFieldsProps) {
  const { attributes, card } = klass;
  if (attributes.length === 0) return <p className="field__hint">{words.cardEmpty}</p>;
  const tick = (name: string, isOn: boolean) => {
    const chosen = attributes
      .map((attribute) => attribute.name)
      .filter((one) => (one === name ? isOn : card.includes(one)));
    onChange({ card: chosen });
  };
  return (
    <ul className="card-fields">
      {attributes.map(({ name, displayName }) => (
        <li key={name}>
          <Tick label={displayName} isOn={card.includes(name)} onTick={(isOn) => tick(name, isOn)} />
        </li>
      ))}
    </ul>
  );
}
