/** Words of short notices. */
export const words = {
  label: "Notices",
  dismiss: "Dismiss",
};
