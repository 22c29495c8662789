import { words } from "./en.ts";
import { type Length, UNITS } from "./lengths.ts";

interface LengthFieldProps {
  /** What takes so long, for those who hear it. */
  label: string;
  length: Length;
  isOdd?: boolean;
  describedBy?: string;
  /** What holds while nothing is given. */
  otherwise?: Length | undefined;
  onChange: (length: Length) => void;
}

/** A number and its unit. */
export function LengthField({
  label,
  length,
  isOdd = false,
  describedBy,
  otherwise,
  onChange,
}: LengthFieldProps) {
  // What a program has set to the second stays.
  const units = length.unit === "seconds" ? (["seconds", ...UNITS] as const) : UNITS;
  return (
    <span className="length">
      <input
        className="field__input length__amount"
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={isOdd || undefined}
        placeholder={otherwise?.unit === length.unit ? otherwise.amount : undefined}
        value={length.amount}
        onChange={(event) => onChange({ ...length, amount: event.target.value })}
      />
      <select
        className="field__input length__unit"
        aria-label={words.unit(label)}
        value={length.unit}
        onChange={(event) => {
          const unit = units.find((one) => one === event.target.value);
          if (unit !== undefined) onChange({ ...length, unit });
        }}
      >
        {units.map((unit) => (
          <option key={unit} value={unit}>
            {words.units[unit]}
          </option>
        ))}
      </select>
    </span>
  );
}
