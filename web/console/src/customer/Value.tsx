import { safeHref } from "@kithdesk/ui";
import { Lock, Pencil, SquareArrowOutUpRight } from "lucide-react";
import type { Ref } from "react";
import { useNow } from "../app/now.ts";
import { isEmpty, isMasked, wordsOfValue } from "../attributes/attribute-values.ts";
import type { Declared } from "../attributes/declared.ts";
import { words as attributeWords } from "../attributes/en.ts";
import { valueHint } from "../attributes/value-words.ts";
import { words } from "./en.ts";

interface ValueProps {
  declared: Declared;
  value: unknown;
  opener: Ref<HTMLButtonElement>;
  onEdit: (element: Element) => void;
}

/** A value of a record as its words, which a press opens for changing. */
export function Value({ declared, value, opener, onEdit }: ValueProps) {
  const now = useNow();
  if (isMasked(value)) {
    return (
      <span className="value value--masked" title={attributeWords.maskedHint}>
        <Lock size={12} aria-hidden="true" />
        <span className="sr-only">{words.masked}</span>
        <span aria-hidden="true">•••</span>
      </span>
    );
  }
  const text = isEmpty(value) ? null : wordsOfValue(declared, value);
  const href = declared.type === "Url" && typeof value === "string" ? safeHref(value) : null;
  return (
    <span className="value">
      <button
        ref={opener}
        type="button"
        className={text === null ? "value__button value__button--empty" : "value__button"}
        title={valueHint(declared.type, value, now) ?? words.edit(declared.label)}
        aria-label={`${words.edit(declared.label)}: ${text ?? words.empty}`}
        onClick={(event) => onEdit(event.currentTarget)}
      >
        <span dir="auto">{text ?? words.empty}</span>
        <Pencil className="value__pencil" size={11} aria-hidden="true" />
      </button>
      {href !== null && (
        <a
          className="value__link"
          href={href}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={words.follow}
        >
          <SquareArrowOutUpRight size={13} aria-hidden="true" />
        </a>
      )}
    </span>
  );
}
