import { TextField } from "../../forms/Fields.tsx";

interface NumberFieldProps {
  label: string;
  hint?: string | undefined;
  value: number | null;
  least: number;
  most: number;
  /** What holds while nothing is given. Left out: something must be. */
  otherwise?: number | undefined;
  onChange: (value: number | null) => void;
}

/** A whole number within its bounds, or none where another one holds then. */
export function NumberField({ label, hint, value, least, most, otherwise, onChange }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      hint={hint}
      type="number"
      inputMode="numeric"
      min={least}
      max={most}
      step={1}
      required={otherwise === undefined}
      placeholder={otherwise === undefined ? undefined : String(otherwise)}
      value={value === null || Number.isNaN(value) ? "" : value}
      onChange={(event) => onChange(event.target.value === "" ? null : Number(event.target.value))}
    />
  );
}
