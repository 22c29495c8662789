import type { PageId } from "./pages.ts";

/** Words around the pages of an administrator. */
export const words = {
  title: "Settings",
  back: "Back",
  tryAgain: "Try again",
  movedOn:
    "Not saved: somebody else has changed this meanwhile. What you entered is still here. Load it anew to see how it is now, and make your change to that.",
  loadAnew: "Load it anew",
  loading: "Loading",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Your browser did not let us copy it. Select it and copy it yourself.",
  notYoursTitle: "Settings are for administrators",
  notYoursText: "Ask one of them if something here should change.",
  confirmTitle: "Your password, please",
  confirmText: "This changes who can act in your name, so we make sure that it is you.",
  password: "Password",
  wrongPassword: "This is not your password.",
  confirm: "Confirm",
  pages: {
    attributes: { name: "Attributes", hint: "Your own fields" },
    objects: { name: "Objects", hint: "Orders and other records" },
    records: { name: "Customer records", hint: "Numbers and companies" },
    imports: { name: "Import customers", hint: "From a CSV file" },
    duplicates: { name: "Duplicates", hint: "Records of one person" },
    routing: { name: "Routing", hint: "Who is given what" },
    schedules: { name: "Business hours", hint: "When you answer" },
    slas: { name: "Service levels", hint: "How soon you answer" },
    simulation: { name: "What if", hint: "Play the past again" },
    chat: { name: "Chat", hint: "Looks and behaviour" },
    identity: { name: "Identity", hint: "Who is writing, proven" },
    integrations: { name: "Integrations", hint: "Your shop's orders" },
    people: { name: "Agents and teams", hint: "Who answers" },
    keys: { name: "API keys", hint: "For your programs" },
  } satisfies Record<PageId, { name: string; hint: string }>,
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
  loadFailed: "This could not be loaded.",
};
