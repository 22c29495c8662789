import { chipOf, initials } from "@kithdesk/ui";

interface ChipProps {
  name: string;
  /** Whose colour it has; the name's own where nobody in particular is meant. */
  id?: string | null;
  large?: boolean;
}

/** Somebody in a letter or two. The name always stands beside it. */
export function Chip({ name, id, large }: ChipProps) {
  return (
    <span class={`chip chip--${chipOf(id ?? name)} ${large ? "chip--large" : ""}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
