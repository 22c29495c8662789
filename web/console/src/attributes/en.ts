/** Words of values. */
export const words = {
  yes: "Yes",
  no: "No",
  maskedHint: "Only administrators see this",
  unreadable: {
    Num: "A number, such as 12.5",
    At: "A date and a time",
    Date: "A date, such as 2026-11-24",
    Str: "A text",
    Txt: "A text",
    Bool: "Yes or no",
    Url: "An address that begins with https://",
    Id: "An id",
    Tree: "One of the choices",
  },
};
