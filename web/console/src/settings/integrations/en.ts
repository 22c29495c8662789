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
  goneTitle: "This shop is not connected",
  goneText: "Somebody may have disconnected it.",
  addTitle: "Connect a shop",
  provider: "Shop system",
  name: "Name",
  namePlaceholder: "Our shop",
  secret: "Secret",
  secretHints: {
    shopify:
      "In Shopify: Settings, Notifications, Webhooks. It stands at the foot of the page: “Your webhooks will be signed with …”.",
    woocommerce: "Any long text you choose; you give WooCommerce the same one when you add its webhook.",
  } satisfies Record<Provider, string>,
  generate: "Make one",
  lacksSecret: "Without it nobody could tell the shop's messages from anybody's.",
  save: "Save",
  connect: "Connect",
  cancel: "Cancel",
  connected: (name: string) => `${name} is connected. Now give the shop the address.`,
  saved: "Saved",
  failed: (why: string) => `Not saved. ${why}`,
  address: "Address for the shop",
  addressText: {
    shopify:
      "In Shopify: Settings, Notifications, Webhooks, Create webhook. Add one for each event with this address and the format JSON: order creation, update, payment, fulfilment and cancellation, customer creation and update.",
    woocommerce:
      "In WooCommerce: Settings, Advanced, Webhooks, Add webhook. Add one for each topic with this delivery URL and your secret: order created, updated and deleted, customer created and updated.",
  } satisfies Record<Provider, string>,
  settings: "Settings",
  newSecret: "New secret",
  newSecretHint: (hint: string | null) =>
    hint === null
      ? "Leave it empty to keep the one there is."
      : `Leave it empty to keep the one that ends in ${hint}.`,
  isEnabled: "Take what this shop sends",
  isEnabledHint: "Switched off, its messages are refused and the shop tries again for a while.",
  deliveries: "What arrived",
  deliveriesText: "The last hundred messages of the shop. What was in them is not kept here.",
  noDeliveries: "Nothing yet. Save a webhook in your shop, or change an order, and look again.",
  refresh: "Look again",
  topic: "Event",
  outcome: "Outcome",
  at: "When",
  outcomes: {
    applied: "Taken",
    accepted: "Taken",
    ok: "Taken",
    repeated: "Repeated; nothing to do",
    duplicate: "Repeated; nothing to do",
    stale: "Older than what is known",
    outdated: "Older than what is known",
    ignored: "Nothing we keep",
    pinged: "Test message",
    ping: "Test message",
    refused: "Refused: wrong signature",
    bad_signature: "Refused: wrong signature",
    failed: "Could not be read",
    unreadable: "Could not be read",
  } as Readonly<Record<string, string>>,
  count: (outcome: string, count: number) => `${outcome}: ${count.toLocaleString()}`,
  remove: "Disconnect",
  removeTitle: (name: string) => `Disconnect “${name}”?`,
  removeText: "What the shop sends from now on is refused. Orders that are here stay.",
  removed: (name: string) => `${name} is disconnected`,
};
