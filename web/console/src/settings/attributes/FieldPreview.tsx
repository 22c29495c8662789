import type { Attribute } from "../../attributes/attribute.ts";
import { words } from "./en.ts";
import { sampleOf } from "./sample.ts";

interface FieldPreviewProps {
  attributes: readonly Attribute[];
  /** The one that is being edited. */
  current?: string | undefined;
}

/** Attributes as they stand beside a conversation. */
export function FieldPreview({ attributes, current }: FieldPreviewProps) {
  return (
    <div className="field-preview" aria-hidden="true">
      <p className="field-preview__title">{words.previewOwner}</p>
      <dl className="field-preview__fields">
        {attributes.map((attribute) => (
          <div
            key={attribute.name}
            className={`field-preview__field ${attribute.name === current ? "field-preview__field--current" : ""}`}
          >
            <dt title={attribute.description || undefined} dir="auto">
              {attribute.displayName || words.sample.nameless}
            </dt>
            <dd dir="auto">{sampleOf(attribute)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
