import type { Presence } from "../desk/types.ts";

/** Words of presence: my own status and who else is here. */
export const words = {
  here: "Here now",
  nobodyElse: "Nobody else is here",
  mine: "Your status",
  change: "Change your status",
  placeholder: "Status, or a reason for being away",
  status: {
    available: "Available",
    busy: "Busy",
    unavailable: "Unavailable",
    offline: "Offline",
  } satisfies Record<Presence, string>,
  hints: {
    available: "Gets new work",
    busy: "No new work",
    unavailable: "Away",
  },
  reasons: ["Lunch", "Break", "Meeting", "Training"],
  workAs: (team: string) => `Work as ${team}`,
  unavailableBecause: (reason: string) => `Unavailable: ${reason}`,
  /** My own, where I am plainly here. */
  mineOffline: "Not receiving",
  notReceiving: "You are not receiving conversations.",
  wasCutOff: "You were disconnected for a while, and are not receiving conversations.",
  /** The program's reasons, which are codes. */
  because: {
    missed_offer: "Missed offer",
    connection_lost: "Was disconnected",
  } satisfies Record<string, string>,
  missedOffer: "You did not answer in time, so conversations go to others until you are back.",
  goAvailable: "Go available",
  staysYours: (open: number) =>
    open === 1
      ? "Busy or away, your open conversation stays yours."
      : `Busy or away, your ${open.toLocaleString()} open conversations stay yours.`,
  offersGo: "What is offered to you goes to the next.",
  whenSignedOut: "After signing out, others may be given them.",
  failed: "Your status could not be changed.",
};
