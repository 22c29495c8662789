import { chipOf, initials } from "@kithdesk/ui";

interface AvatarProps {
  id: string;
  name: string;
  size?: "tiny" | "small" | "normal" | "large";
}

/** Someone's initials on a quiet colour that is theirs. The name stands beside it, so this says nothing aloud. */
export function Avatar({ id, name, size = "normal" }: AvatarProps) {
  return (
    <span className={`avatar avatar--${size} avatar--${chipOf(id)}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
