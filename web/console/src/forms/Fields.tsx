import { type ComponentProps, type ReactNode, useId } from "react";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  problem?: string | undefined;
}

type InputProps = FieldProps & Omit<ComponentProps<"input">, "id" | "className">;

/** A field with its name above, and below what to know of it or what is wrong. */
export function TextField({ label, hint, problem, ...input }: InputProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} problem={problem}>
      <input
        {...input}
        id={id}
        className="field__input"
        aria-describedby={`${id}-about`}
        aria-invalid={problem === undefined ? undefined : true}
      />
    </Labelled>
  );
}

type AreaProps = FieldProps & Omit<ComponentProps<"textarea">, "id" | "className">;

export function TextArea({ label, hint, problem, ...area }: AreaProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} problem={problem}>
      <textarea
        {...area}
        id={id}
        className="field__input field__input--area"
        aria-describedby={`${id}-about`}
        aria-invalid={problem === undefined ? undefined : true}
      />
    </Labelled>
  );
}

type SelectProps<Value extends string> = FieldProps & {
  value: Value;
  options: readonly (readonly [value: Value, name: string])[];
  onPick: (value: Value) => void;
};

export function Select<Value extends string>({
  label,
  hint,
  problem,
  value,
  options,
  onPick,
}: SelectProps<Value>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} problem={problem}>
      <select
        id={id}
        className="field__input"
        value={value}
        aria-describedby={`${id}-about`}
        onChange={(event) => {
          const picked = options.find(([one]) => one === event.target.value);
          if (picked !== undefined) onPick(picked[0]);
        }}
      >
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

interface TickProps {
  label: string;
  hint?: string;
  isOn: boolean;
  onTick: (isOn: boolean) => void;
}

export function Tick({ label, hint, isOn, onTick }: TickProps) {
  const id = useId();
  return (
    <div className="tick">
      <input
        type="checkbox"
        id={id}
        className="tick__box"
        checked={isOn}
        aria-describedby={hint === undefined ? undefined : `${id}-about`}
        onChange={(event) => onTick(event.target.checked)}
      />
      <label htmlFor={id} className="tick__label">
        {label}
      </label>
      {hint !== undefined && (
        <span className="field__hint tick__hint" id={`${id}-about`}>
          {hint}
        </span>
      )}
    </div>
  );
}

function Labelled({ id, label, hint, problem, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      {children}
      <span id={`${id}-about`} className="field__about">
        {problem !== undefined && <span className="field__problem">{problem}</span>}
        {hint !== undefined && <span className="field__hint">{hint}</span>}
      </span>
    </div>
  );
}
