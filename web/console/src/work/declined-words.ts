/** Words on what everybody who could take it has declined. */
export const words = {
  mark: (count: number, time: string) => `Everybody who could take it has declined (${count}), since ${time}`,
  title: "Everybody who could take it has declined",
  by: (count: number, names: readonly string[]) =>
    count > names.length ? `${names.join(", ")} and ${count - names.length} more` : names.join(", "),
  since: "since",
  askedAgain: (time: string) => `They are asked again at ${time}.`,
  askedAgainSoon: "They are being asked again.",
  take: "Take it",
  giveTo: (name: string) => `Give to ${name}`,
  giveToTitle: (name: string, load: number | null, capacity: number | null) =>
    load === null || capacity === null ? name : `${name} has ${load} of ${capacity} in hand`,
  others: "Somebody else…",
  list: "Declined by everybody",
  listText:
    "Whoever could take these was asked and said no. They are asked again by themselves; you can also give them away.",
  somebody: "A customer",
  more: (count: number) => `and ${count} more`,
  count: (count: number) => `${count} said no`,
};
