import { useCallback } from "react";
import { RemoveSheet } from "../RemoveSheet.tsx";
import { words as routingWords } from "../routing/en.ts";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { loadServed } from "./served.ts";

interface RemoveTeamProps {
  id: string;
  name: string;
  /** Rejects when it is still there. */
  onRemove: () => Promise<void>;
  onClose: () => void;
}

/** Asks before a team goes, and says which queues it leaves behind. */
export function RemoveTeam({ id, name, onRemove, onClose }: RemoveTeamProps) {
  const load = useCallback(() => loadServed(id), [id]);
  const { loaded } = useLoaded(load);
  // Where it could not be read, what becomes of the members is all that is said.
  const { queues, alone } = loaded.state === "ready" ? loaded.data : { queues: [], alone: [] };
  const said = [
    words.removeTeamText,
    ...(queues.length === 0 ? [] : [words.teamServes(quoted(queues))]),
    ...(alone.length === 0 ? [] : [words.teamServesAlone(quoted(alone))]),
  ];
  return (
    <RemoveSheet
      words={words}
      title={routingWords.removeTitle(name)}
      text={said.join(" ")}
      onRemove={onRemove}
      onClose={onClose}
    />
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(", ");
}
