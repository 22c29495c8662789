/** Words of records that the organisation defined. */
export const words = {
  yes: "Yes",
  no: "No",
  tryAgain: "Try again",
  showAll: (count: number) => `Show all ${count}`,
  showMore: "Show more",
  showFewer: "Show fewer",
  updated: (time: string) => `Updated ${time}`,
  cleared: (field: string) => `${field} cleared`,
  set: (field: string, after: string) => `${field}: ${after}`,
  changed: (field: string, before: string, after: string) => `${field}: ${before} → ${after}`,
  came: "Created",
  untitled: "Without a title",
};
