import { openOverlay } from "../app/overlay.ts";
import { useTransfers } from "../conversation/AssignPicker.tsx";
import { assign } from "../conversation/actions.ts";
import { mayGiveTo } from "../conversation/reach.ts";
import { currentDesk, useDesk, useDeskVersion } from "../desk/store.ts";
import type { Agent } from "../desk/types.ts";
import { openConversation } from "../navigation/navigation.ts";
import { words } from "./declined-words.ts";

/** Of those who are here; whoever else it may go to is a click further. */
const MOST_NAMED = 2;

/** One click gives a conversation to who looks at it, or to whoever has the most room. */
export function GiveAway({ conversation }: { conversation: string }) {
  useDeskVersion();
  const me = useDesk((desk) => desk.me);
  const transfers = useTransfers();
  const free = [...currentDesk().agents.values()]
    .filter(({ id, status }) => id !== me && status === "available" && mayGiveTo(transfers, "agent", id))
    .sort(byRoom)
    .slice(0, MOST_NAMED);
  const mine = currentDesk().agents.get(me)?.displayName ?? "";
  return (
    <span className="give-away">
      <button type="button" className="button" onClick={() => assign(conversation, me, mine)}>
        {words.take}
      </button>
      {free.map(({ id, displayName, load, capacity }) => (
        <button
          key={id}
          type="button"
          className="button"
          title={words.giveToTitle(displayName, load, capacity)}
          onClick={() => assign(conversation, id, displayName)}
        >
          {words.giveTo(displayName)}
        </button>
      ))}
      <button
        type="button"
        className="button button--quiet"
        aria-haspopup="dialog"
        onClick={() => {
          openConversation(conversation);
          openOverlay("assign");
        }}
      >
        {words.others}
      </button>
    </span>
  );
}

function byRoom(one: Agent, other: Agent): number {
  return roomOf(other) - roomOf(one) || one.displayName.localeCompare(other.displayName);
}

function roomOf({ load, capacity }: Agent): number {
  return load === null || capacity === null || capacity === 0 ? 0 : (capacity - load) / capacity;
}
