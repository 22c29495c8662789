import { Select } from "../../forms/Fields.tsx";
import { words } from "./en.ts";

interface YesNoProps {
  label: string;
  hint?: string | undefined;
  value: boolean | null;
  otherwise: boolean | undefined;
  followed: string;
  /** What yes and no mean here. */
  meanings?: { readonly yes: string; readonly no: string };
  onPick: (value: boolean | null) => void;
}

/** Yes, no, or what holds while nothing is said. */
export function YesNo({ label, hint, value, otherwise, followed, meanings = words, onPick }: YesNoProps) {
  return (
    <Select
      label={label}
      hint={hint}
      value={value === null ? "follow" : value ? "yes" : "no"}
      options={[
        [
          "follow",
          words.follows(followed, otherwise === undefined ? null : otherwise ? meanings.yes : meanings.no),
        ],
        ["yes", meanings.yes],
        ["no", meanings.no],
      ]}
      onPick={(picked) => onPick(picked === "follow" ? null : picked === "yes")}
    />
  );
}
