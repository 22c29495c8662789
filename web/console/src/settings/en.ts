/** Words of the settings that exist so far. */
export const words = {
  capacityTitle: "Capacity per agent",
  capacityText:
    "How many open conversations an agent may have at once. New work waits until someone has room.",
  capacityField: "Conversations at once",
  save: "Save",
  cancel: "Cancel",
  saved: (capacity: number) =>
    capacity === 1
      ? "Each agent now gets 1 conversation at once"
      : `Each agent now gets up to ${capacity} conversations at once`,
  loadFailed: "The setting could not be loaded.",
};
