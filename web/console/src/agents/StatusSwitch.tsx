import { ChevronsUpDown } from "lucide-react";

import { Avatar } from "../app/Avatar.tsx";
import { openOverlay } from "../app/overlay.ts";
import { useDesk } from "../desk/store.ts";
import { useSession } from "../session/session.ts";
import { words } from "./en.ts";
import { myStatusWords, reasonWords } from "./presence.ts";
import { StatusDot } from "./StatusDot.tsx";

/** Who I am and whether work is given to me; a press changes it. */
export function StatusSwitch() {
  const me = useSession((session) => session.me);
  const agent = useDesk((desk) => (me === null ? undefined : desk.agents.get(me.id)));
  if (me === null) return null;
  const status = agent?.status ?? "offline";
  const label =
    agent?.reason != null && status === "unavailable" ? reasonWords(agent.reason) : myStatusWords(status);
  return (
    <button
      type="button"
      className="status-switch"
      aria-haspopup="dialog"
      onClick={(event) => openOverlay("status", event.currentTarget)}
    >
      <Avatar id={me.id} name={me.displayName} />
      <span className="status-switch__words">
        <span className="status-switch__name" dir="auto">
          {me.displayName}
        </span>
        <span className="status-switch__status">
          <StatusDot status={status} />
          <span className="status-switch__label">{label}</span>
          <span className="sr-only">. {words.change}</span>
        </span>
      </span>
      <ChevronsUpDown className="status-switch__more" size={14} aria-hidden="true" />
    </button>
  );
}
