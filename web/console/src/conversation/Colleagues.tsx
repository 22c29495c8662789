import { Eye, Pencil } from "lucide-react";
import { useMemo } from "react";

import { useDesk } from "../desk/store.ts";
import { useSignals } from "../live/signals.ts";
import { words } from "./en.ts";
import "./colleagues.css";

/** Who else has this conversation open, and who is writing in it: so that nobody answers twice. */
export function Colleagues({ conversation }: { conversation: string }) {
  const signs = useSignals((state) => state.signs);
  const me = useDesk((desk) => desk.me);
  const { typing, viewing } = useMemo(() => {
    const others = signs.filter(
      (sign) => sign.conversation === conversation && sign.type === "user" && sign.id !== me,
    );
    const typists = new Set(others.filter(({ kind }) => kind === "typing").map(({ name }) => name));
    const viewers = new Set(others.map(({ name }) => name).filter((name) => !typists.has(name)));
    return { typing: [...typists].join(", "), viewing: [...viewers].join(", ") };
  }, [signs, conversation, me]);
  return (
    <span className="colleagues" aria-live="polite">
      {typing !== "" && (
        <span className="colleagues__sign colleagues__sign--typing">
          <Pencil size={12} aria-hidden="true" />
          {words.isTyping(typing)}
        </span>
      )}
      {viewing !== "" && (
        <span className="colleagues__sign">
          <Eye size={13} aria-hidden="true" />
          {words.isViewing(viewing)}
        </span>
      )}
    </span>
  );
}
