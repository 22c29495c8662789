import { ArrowDown, ArrowUp, EyeOff, Pencil } from "lucide-react";
import { useState } from "react";

import type { Attribute } from "../../attributes/attribute.ts";
import { words } from "./en.ts";
import { moved } from "./order.ts";

interface AttributeListProps {
  label: string;
  attributes: readonly Attribute[];
  onEdit: (attribute: Attribute) => void;
  onOrder: (attributes: readonly Attribute[]) => void;
}

/** Attributes in their order, each with what it holds, and the ways to change that. */
export function AttributeList({ label, attributes, onEdit, onOrder }: AttributeListProps) {
  const [said, setSaid] = useState("");
  const move = (index: number, step: 1 | -1) => {
    if (attributes[index + step] === undefined) return;
    onOrder(moved(attributes, index, step));
    setSaid(words.moved(attributes[index]?.displayName ?? "", index + 1 + step, attributes.length));
  };
  return (
    <>
      <ol className="attribute-list" aria-label={label}>
        {attributes.map((attribute, index) => (
          <li key={attribute.name} className="attribute-list__row">
            <button
              type="button"
              className="attribute-list__words"
              title={words.edit(attribute.displayName)}
              onClick={() => onEdit(attribute)}
            >
              <span className="attribute-list__name" dir="auto">
                {attribute.displayName}
              </span>
              <code className="attribute-list__api">{attribute.name}</code>
              <Facts attribute={attribute} />
            </button>
            <span className="attribute-list__actions">
              <button
                type="button"
                className="icon-button icon-button--small"
                aria-label={words.moveUp(attribute.displayName)}
                // Not disabled: the focus would be lost on the way.
                aria-disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <ArrowUp size={14} aria-hidden="true" />
              </button>
              <button
                type="button"
                className="icon-button icon-button--small"
                aria-label={words.moveDown(attribute.displayName)}
                aria-disabled={index === attributes.length - 1}
                onClick={() => move(index, 1)}
              >
                <ArrowDown size={14} aria-hidden="true" />
              </button>
              <button
                type="button"
                className="icon-button icon-button--small"
                aria-label={words.edit(attribute.displayName)}
                onClick={() => onEdit(attribute)}
              >
                <Pencil size={14} aria-hidden="true" />
              </button>
            </span>
          </li>
        ))}
      </ol>
      <p className="sr-only" role="status">
        {said}
      </p>
    </>
  );
}

function Facts({ attribute }: { attribute: Attribute }) {
  const { kind, isMany, choices, isRequired, isSensitive } = attribute;
  const held = words.kinds[kind].name + (isMany ? `, ${words.many}` : "");
  return (
    <span className="attribute-list__facts">
      <span>{kind === "choice" ? `${held}: ${choices.join(", ")}` : held}</span>
      {isRequired && <span className="mark">{words.required}</span>}
      {isSensitive && (
        <span className="mark">
          <EyeOff size={11} aria-hidden="true" />
          {words.sensitive}
        </span>
      )}
    </span>
  );
}
