import { Check } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";

import { words } from "./en.ts";
import { matches } from "./match.ts";
import { Sheet } from "./Sheet.tsx";
import "./picker.css";

export interface Option {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly keys?: readonly string[] | undefined;
  readonly isChosen?: boolean;
}

interface PickerProps {
  title: string;
  placeholder: string;
  options: readonly Option[];
  anchor: DOMRect | null;
  onPick: (option: Option) => void;
  onClose: () => void;
  /** Offers what was typed as a new option. */
  onCreate?: ((text: string) => void) | undefined;
  createLabel?: ((text: string) => string) | undefined;
  footer?: ReactNode;
}

const CREATE = "create";

/** Type a few letters, press Enter: the one way to choose anything here. A combobox over a listbox, in a dialog. */
export function Picker({
  title,
  placeholder,
  options,
  anchor,
  onPick,
  onClose,
  onCreate,
  createLabel,
  footer,
}: PickerProps) {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const shown = useMemo(() => {
    const found = options.filter(({ label, hint }) => matches(`${label} ${hint ?? ""}`, query));
    const isNew =
      query.trim() !== "" && !options.some(({ label }) => label.toLowerCase() === query.trim().toLowerCase());
    if (onCreate === undefined || !isNew) return found;
    return [...found, { id: CREATE, label: createLabel?.(query.trim()) ?? query.trim() }];
  }, [options, query, onCreate, createLabel]);
  const current = Math.min(active, shown.length - 1);

  const pick = (option: Option | undefined) => {
    if (option === undefined) return;
    if (option.id === CREATE && onCreate !== undefined) onCreate(query.trim());
    else onPick(option);
    setQuery("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (event.nativeEvent.isComposing) return;
    if (move !== undefined) setActive(move(current, shown.length));
    else if (event.key === "Enter") pick(shown[current]);
    else return;
    event.preventDefault();
  };

  return (
    <Sheet title={title} anchor={anchor} onClose={onClose}>
      <input
        className="picker__field"
        type="text"
        role="combobox"
        aria-label={title}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="picker__list" role="listbox" id={`${id}-list`} aria-label={title}>
        {shown.map((option, index) => (
          <PickerOption
            key={option.id}
            id={`${id}-${index}`}
            option={option}
            isActive={index === current}
            onPoint={() => setActive(index)}
            onPick={() => pick(option)}
          />
        ))}
      </div>
      {shown.length === 0 && (
        <p className="picker__nothing" role="status">
          {words.nothing}
        </p>
      )}
      {footer}
    </Sheet>
  );
}

interface PickerOptionProps {
  id: string;
  option: Option;
  isActive: boolean;
  onPoint: () => void;
  onPick: () => void;
}

function PickerOption({ id, option, isActive, onPoint, onPick }: PickerOptionProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView?.({ block: "nearest" });
  }, [isActive]);
  return (
    // The field keeps the focus and does the keys; the pointer is the other way in.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant marks it
    <div
      ref={ref}
      id={id}
      className="picker__option"
      role="option"
      aria-selected={isActive}
      onPointerMove={onPoint}
      onClick={onPick}
    >
      {option.icon !== undefined && (
        <span className="picker__icon" aria-hidden="true">
          {option.icon}
        </span>
      )}
      <span className="picker__label" dir="auto">
        {option.label}
      </span>
      {option.hint !== undefined && <span className="picker__hint">{option.hint}</span>}
      {option.isChosen && (
        <span className="picker__chosen">
          <Check size={14} aria-hidden="true" />
          <span className="sr-only">{words.chosen}</span>
        </span>
      )}
      {option.keys?.map((key) => (
        <kbd key={key} className="key">
          {key}
        </kbd>
      ))}
    </div>
  );
}

const moves: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % Math.max(1, count),
  ArrowUp: (index, count) => (index - 1 + count) % Math.max(1, count),
  PageDown: (index, count) => Math.min(count - 1, index + 8),
  PageUp: (index) => Math.max(0, index - 8),
};
