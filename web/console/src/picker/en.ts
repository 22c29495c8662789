/** Words of the list one picks from. */
export const words = {
  nothing: "Nothing matches",
  searching: "Searching…",
  chosen: "chosen",
};
