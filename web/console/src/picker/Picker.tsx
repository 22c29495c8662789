import { Check } from "lucide-react";
import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  type UIEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";

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
  /** A second line. */
  readonly detail?: ReactNode;
  /** Words it is found by besides its label. */
  readonly also?: string | undefined;
  /** Options of one group stand together under its name. */
  readonly group?: string | undefined;
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
  /** Words that go with whatever is picked, asked for before that. The keys of the field above work in it too. */
  note?:
    | { readonly label: string; readonly value: string; readonly onChange: (text: string) => void }
    | undefined;
  footer?: ReactNode;
  /** Told which options are in sight, and some beyond, for what is to be known of them. */
  onShown?: ((shown: readonly Option[]) => void) | undefined;
  /** Told what is typed, for options that are looked up elsewhere. */
  onQuery?: ((query: string) => void) | undefined;
  /** What was found elsewhere: shown as it comes, after the options that match. */
  found?: readonly Option[] | undefined;
  isSearching?: boolean | undefined;
}

const CREATE = "create";
const MAX_NOTE = 500;
const NONE: readonly Option[] = [];

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
  note,
  footer,
  onShown,
  onQuery,
  found = NONE,
  isSearching = false,
}: PickerProps) {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const shown = useMemo(() => {
    const matching = options.filter(({ label, hint, also }) =>
      matches(`${label} ${hint ?? ""} ${also ?? ""}`, query),
    );
    const all = [...matching, ...found];
    const isNew =
      query.trim() !== "" && !all.some(({ label }) => label.toLowerCase() === query.trim().toLowerCase());
    if (onCreate === undefined || !isNew) return all;
    return [...all, { id: CREATE, label: createLabel?.(query.trim()) ?? query.trim() }];
  }, [options, found, query, onCreate, createLabel]);
  const onScroll = useShown(shown, onShown);
  const current = Math.min(active, shown.length - 1);
  // Nothing was looked for yet where everything is looked up.
  const hasNothing = shown.length === 0 && (query.trim() !== "" || onQuery === undefined);

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
          onQuery?.(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      {note !== undefined && (
        <input
          className="picker__note"
          type="text"
          aria-label={note.label}
          placeholder={note.label}
          autoComplete="off"
          maxLength={MAX_NOTE}
          value={note.value}
          onChange={(event) => note.onChange(event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
      <div className="picker__list" role="listbox" id={`${id}-list`} aria-label={title} onScroll={onScroll}>
        {groupsOf(shown).map(({ name, options: members, first }) => {
          const drawn = members.map((option, place) => (
            <PickerOption
              key={option.id}
              id={`${id}-${first + place}`}
              option={option}
              isActive={first + place === current}
              onPoint={() => setActive(first + place)}
              onPick={() => pick(option)}
            />
          ));
          if (name === null) return <Fragment key={first}>{drawn}</Fragment>;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
            <div key={first} className="picker__group" role="group" aria-label={name}>
              <p className="picker__group-name" aria-hidden="true">
                {name}
              </p>
              {drawn}
            </div>
          );
        })}
      </div>
      <p className={hasNothing || isSearching ? "picker__nothing" : "sr-only"} role="status">
        {isSearching ? words.searching : hasNothing && words.nothing}
      </p>
      {footer}
    </Sheet>
  );
}

const BEYOND = 20;

/** By how far the list is scrolled, as if all options were as tall as each other. */
function useShown(options: readonly Option[], onShown: PickerProps["onShown"]) {
  const [[from, to], setInSight] = useState([0, BEYOND]);
  const tell = useRef(onShown);
  useEffect(() => {
    tell.current = onShown;
  });
  useEffect(() => {
    tell.current?.(options.slice(Math.max(0, from - BEYOND), to + BEYOND));
  }, [options, from, to]);
  return (event: UIEvent<HTMLElement>) => {
    if (onShown === undefined) return;
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
    const at = (pixels: number) => Math.ceil((options.length * pixels) / Math.max(1, scrollHeight));
    setInSight([at(scrollTop), Math.max(BEYOND, at(scrollTop + clientHeight))]);
  };
}

interface Group {
  readonly name: string | null;
  readonly options: Option[];
  /** The place of its first option among all. */
  readonly first: number;
}

/** Neighbours with the same group's name are one group. */
function groupsOf(shown: readonly Option[]): Group[] {
  const groups: Group[] = [];
  for (const [index, option] of shown.entries()) {
    const name = option.group ?? null;
    const last = groups.at(-1);
    if (last !== undefined && last.name === name) last.options.push(option);
    else groups.push({ name, options: [option], first: index });
  }
  return groups;
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
        {option.detail !== undefined && <span className="picker__detail">{option.detail}</span>}
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
