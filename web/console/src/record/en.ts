/** Words around a customer who is looked at by themselves. */
export const words = {
  back: "Back",
  show: "Show",
  sides: { timeline: "Timeline", record: "Record" },
  conversations: "Conversations",
  noConversation: "They have not written yet.",
  goneTitle: "This customer is not there",
  goneText: "They may have been merged into another record, or deleted.",
  tryAgain: "Try again",
  isPartOf: (gone: string, living: string) => `${gone} is now part of ${living}.`,
  goesThere: "What you save here goes there.",
  open: (name: string) => `Open ${name}`,
};
