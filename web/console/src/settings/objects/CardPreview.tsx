import { useMemo } from "react";

import { ObjectCard } from "../../objects/ObjectCard.tsx";
import { sampleField } from "../attributes/sample.ts";
import { words } from "./en.ts";
import type { Klass } from "./klass.ts";

const SHOWN_UNASKED = 5;

/** The card that agents will see, as far as it is defined. */
export function CardPreview({ klass }: { klass: Klass }) {
  const object = useMemo(() => {
    const { name, displayName, icon, color, attributes, card } = klass;
    const shown =
      card.length > 0
        ? attributes.filter((attribute) => card.includes(attribute.name))
        : attributes.slice(0, SHOWN_UNASKED);
    const now = new Date().toISOString();
    return {
      id: "preview",
      klass: name,
      klassName: displayName || words.displayNamePlaceholder,
      icon,
      color,
      externalId: "1042",
      title: "1042",
      fields: shown.map(sampleField),
      createdAt: now,
      updatedAt: now,
    };
  }, [klass]);
  return (
    <div className="card-preview">
      <ObjectCard object={object} />
    </div>
  );
}
