/** Words of the composer. */
export const words = {
  kinds: "What are you writing",
  reply: "Reply",
  note: "Note",
  replyPlaceholder: (customer: string) => `Reply to ${customer}`,
  notePlaceholder: "Write a note. Only your team sees it",
  replyLabel: (customer: string) => `Reply to ${customer}. The customer sees this.`,
  noteLabel: "Note. Only your team sees this.",
  send: "Send",
  sendNote: "Add note",
  sendAndDone: "Send and mark done",
  attach: "Attach files",
  removeFile: (name: string) => `Remove ${name}`,
  retryFile: (name: string) => `Send ${name} again`,
  fileFailed: "Not sent",
  fileTooLarge: (name: string, limit: string) => `${name} is larger than ${limit}.`,
  filesTooLarge: (limit: string) => `Together the files are larger than ${limit}.`,
  dropHere: "Drop files to attach them",
  filesOnTheirWay: "Files are still on their way.",
  filesFailed: "A file did not arrive. Send it again or remove it.",
  sentWithout: (files: number) =>
    files === 1
      ? "Sent without the file that did not arrive. It is still here."
      : `Sent without ${files} files that did not arrive. They are still here.`,
  tooLong: "This is longer than one message may be. Shorten it a little.",
  unanswerable: {
    ended: "This chat has ended, so this reply cannot be sent. You can still write notes.",
    email: "Kithdesk sends no email yet, so this reply would not arrive. You can still write notes.",
  },
  notesOnly: {
    ended: "This chat has ended. Your team still sees notes.",
    email:
      "This was said by email. Kithdesk sends no email yet: answer from your mailbox, and note here that you did.",
  },
  theirChat: "Go to their chat",
  saysNote: "Some of this is in a note. The customer would see it.",
  makeNote: "Make it a note",
  askNoteTitle: "Send words of a note?",
  askNote: (customer: string) =>
    `Some of this was written as a note, for your team alone. ${customer} would see it.`,
  sendAnyway: "Send it",
  keepWriting: "Keep writing",
  answeredSince: (name: string) => `${name} answered while you were writing.`,
  somebody: "a customer",
  open: "Open",
  wasRefused: {
    message: (name: string) => `Your message to ${name} was not sent.`,
    note: (name: string) => `Your note on ${name} was not kept.`,
  },
  hint: (keys: string) => `${keys} to send`,
};
