/** Words of the page on records that may be one person's. */
export const words = {
  title: "Duplicates",
  text: "Two records that may be one person's, the likeliest first. Nothing is merged by itself, and a merge can be undone for 30 days.",
  list: "Possible duplicates",
  emptyTitle: "No two records look alike",
  emptyText:
    "Records meet here when they have an address, a number or a name and company in common, as after an import.",
  and: "and",
  compare: "Compare",
  compareOf: (one: string, other: string) => `${one} and ${other}`,
  dismiss: "Two people",
  dismissed: (one: string, other: string) => `${one} and ${other} are not suggested again`,
  failed: (why: string) => `That did not work. ${why}`,
  seen: (time: string) => `last active ${time}`,
  more: "Show more",
};
