/** Words around the panes. */
export const words = {
  reconnecting: "Reconnecting… What you write is kept.",
  tryNow: "Try now",
  refused: "This window is not connected. Reload the page.",
  loadFailedTitle: "The desk could not be loaded",
  loadFailedText: "The server did not answer as it should. Nothing you wrote is lost. Try again in a moment.",
  tryAgain: "Try again",
  partFailed: "This part could not be loaded. Drafts are kept when you reload.",
  reload: "Reload",
  loading: "Loading",
  search: "Search everything",
  settings: "Settings",
  board: "Live board",
  insights: "Insights",
  administration: "Administration",
  skip: "To the conversation",
  title: "Kithdesk",
  leaveTitle: "Leave without saving?",
  leaveText: "What you filled in here has not been saved.",
  stay: "Stay here",
  leave: "Discard it",
};

/** Units of time, as short as a list needs and as one reads them out. */
export const unitWords = {
  short: {
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
    days: (count: number) => `${count} d`,
  },
  spoken: {
    seconds: (count: number) => (count === 1 ? "1 second" : `${count} seconds`),
    minutes: (count: number) => (count === 1 ? "1 minute" : `${count} minutes`),
    hours: (count: number) => (count === 1 ? "1 hour" : `${count} hours`),
    days: (count: number) => (count === 1 ? "1 day" : `${count} days`),
  },
};
