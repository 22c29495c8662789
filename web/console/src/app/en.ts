/** Words around the panes. */
export const words = {
  offline: "Connection lost. What you write is kept.",
  connecting: "Connecting again. What you write is kept.",
  refused: "This window is not connected. Reload the page.",
  loadFailedTitle: "The desk could not be loaded",
  loadFailedText: "The server did not answer as it should. Nothing you wrote is lost. Try again in a moment.",
  tryAgain: "Try again",
  loading: "Loading",
  skip: "To the conversation",
  title: "Kithdesk",
};
