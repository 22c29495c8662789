import type { Provider } from "./integrations.ts";

/** Words of the shops that send their orders. */
export const words = {
  title: "Integrations",
  text: "Connect your shop, and each order shows beside the conversation with its customer within a second of the change.",
  list: "Connected shops",
  add: "Connect a shop",
  emptyTitle: "No shop is connected",
  emptyText:
    "Orders and customers come from Shopify or WooCommerce by webhooks, which take two minutes to set up.",
  providers: { shopify: "Shopify", woocommerce: "WooCommerce" } satisfies Record<Provider, string>,
  neverHeard: "Nothing has arrived yet",
  heard: (time: string) => `Last heard ${time}`,
  off: "Switched off",
  otherSecret: "Signed with another secret",
  otherSecretText: (time: string) =>
    `A message was refused (${time}): this secret did not sign it. Copy the secret from your shop once more, and save it below.`,
  goneTitle: "This shop is not connected",
  goneText: "Somebody may have disconnected it.",
  addTitle: "Connect a shop",
  provider: "Shop system",
  name: "Name",
  namePlaceholder: "Our shop",
  continues: "Was this shop connected before?",
  continuesHint:
    "Only if it is the same one: its customers and orders are told by their numbers, and another shop's have the same.",
  continuesNone: "No, it is another shop",
  continuesOf: (name: string, time: string) => `Yes, it was “${name}” until ${time}`,
  secret: "Secret",
  secretHints: {
    shopify:
      "In Shopify: Settings, Notifications, Webhooks. Once there is a webhook it stands at the foot of the page: “Your webhooks will be signed with …”.",
    woocommerce: "Any long text you choose; you give WooCommerce the same one when you add its webhook.",
  } satisfies Record<Provider, string>,
  generate: { shopify: "I have none yet", woocommerce: "Make one" } satisfies Record<Provider, string>,
  provisional:
    "Connect with this one for now. Create the first webhook with the address that you get, and enter Shopify's secret here afterwards.",
  lacksSecret: "At least 8 characters: without it nobody could tell the shop's messages from anybody's.",
  save: "Save",
  connect: "Connect",
  cancel: "Cancel",
  connected: (name: string) => `${name} is connected. Now give the shop the address.`,
  saved: "Saved",
  failed: (why: string) => `Not saved. ${why}`,
  address: "Address for the shop",
  addressText: {
    shopify:
      "In Shopify: Settings, Notifications, Webhooks, Create webhook. Add one for each event with this address and the format JSON: order creation, update, payment, fulfilment, cancellation and deletion, customer creation and update.",
    woocommerce:
      "In WooCommerce: Settings, Advanced, Webhooks, Add webhook. Add one for each topic with this delivery URL and your secret: order created, updated, deleted and restored, customer created and updated.",
  } satisfies Record<Provider, string>,
  outOfReach:
    "Your shop cannot reach this address: it means this machine only. Start Kithdesk with its public address in KITHDESK_BASE_URL.",
  settings: "Settings",
  newSecret: "New secret",
  newSecretHint: "Leave it empty to keep the one there is, which is shown to nobody.",
  isEnabled: "Take what this shop sends",
  isEnabledHint: "Switched off, its messages are refused and the shop tries again for a while.",
  deliveries: "What arrived",
  deliveriesText: "The shop's latest messages, for thirty days. What was in them is not kept here.",
  noDeliveries: "Nothing yet. Save a webhook in your shop, or change an order, and look again.",
  refresh: "Look again",
  earlier: "Show earlier",
  topic: "Event",
  outcome: "Outcome",
  at: "When",
  outcomes: {
    kept: "Taken",
    ignored: "Nothing that is kept",
    asked: "For you to do",
    refused: "Refused",
  } as Readonly<Record<string, string>>,
  remove: "Disconnect",
  removeTitle: (name: string) => `Disconnect “${name}”?`,
  removeText: "What the shop sends from now on is refused. Orders that are here stay.",
  removed: (name: string) => `${name} is disconnected`,
};
