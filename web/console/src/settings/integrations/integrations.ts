import { api } from "../../api/api.ts";
import { numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";
import type { ListPage } from "../use-pages.ts";

const PATH = "/v1/integrations";
export const PAGE_SIZE = 25;

export const PROVIDERS = ["shopify", "woocommerce"] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface Integration {
  readonly id: string;
  readonly provider: Provider;
  readonly name: string;
  /** Where the shop sends what happens. */
  readonly hookUrl: string;
  readonly isEnabled: boolean;
  readonly lastDeliveryAt: string | null;
  /** When something arrived last that the secret here did not sign. */
  readonly unsignedAt: string | null;
}

export interface Delivery {
  readonly id: string;
  readonly topic: string;
  readonly outcome: string;
  readonly detail: string | null;
  readonly at: string;
}

/** A shop that was let go, and whose records another connection may go on with. */
export interface FormerShop {
  readonly handle: string;
  readonly provider: Provider;
  readonly name: string;
  readonly leftAt: string;
}

export interface NewIntegration {
  readonly provider: Provider;
  readonly name: string;
  readonly secret: string;
  /** The handle of the shop that this one was before. */
  readonly continues?: string;
}

export async function loadIntegrations(): Promise<Integration[]> {
  const { data } = await api.all(PATH);
  return data.map(integrationFrom);
}

export async function loadFormerShops(): Promise<FormerShop[]> {
  const { data } = await api.all(`${PATH}/former`);
  return data.map(({ id, attributes: json }) => ({
    handle: id,
    provider: providerFrom(json.provider),
    name: text(json.name),
    leftAt: text(json.leftAt),
  }));
}

export async function addIntegration(wanted: NewIntegration): Promise<Integration> {
  const { data } = await api.post(PATH, wanted);
  return integrationFrom(data);
}

export async function changeIntegration(
  id: string,
  changes: { name?: string; secret?: string; status?: "enabled" | "disabled" },
): Promise<Integration> {
  const { data } = await api.put(`${PATH}/${id}`, changes);
  return integrationFrom(data);
}

export async function removeIntegration(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}

export async function loadDeliveries(id: string, page: number): Promise<ListPage<Delivery>> {
  const { data, meta } = await api.list(`${PATH}/${id}/deliveries?page=${page}&pageSize=${PAGE_SIZE}`);
  const items = data.map(({ id: delivery, attributes: json }) => ({
    id: delivery,
    topic: text(json.topic),
    outcome: text(json.outcome),
    // A code for programs stands before the words.
    detail: textOrNull(text(json.detail).replace(/^[a-z_]+: /u, "")),
    at: text(json.at),
  }));
  return { items, total: numberOrNull(meta.total) ?? items.length };
}

/** Whether the shop signs with another secret than the one here: nothing it signed has come since. */
export function isSignedOtherwise({ unsignedAt, lastDeliveryAt }: Integration): boolean {
  return unsignedAt !== null && (lastDeliveryAt === null || lastDeliveryAt < unsignedAt);
}

function integrationFrom({ id, attributes: json }: Resource): Integration {
  return {
    id,
    provider: providerFrom(json.provider),
    name: text(json.name),
    hookUrl: text(json.hookUrl),
    isEnabled: json.status !== "disabled",
    lastDeliveryAt: textOrNull(json.lastDeliveryAt),
    unsignedAt: textOrNull(json.unsignedAt),
  };
}

function providerFrom(value: unknown): Provider {
  return PROVIDERS.find((provider) => provider === value) ?? "shopify";
}

/** A shop somewhere else reaches no address that means "this machine". */
export function isOutOfReach(address: string): boolean {
  const host = URL.canParse(address) ? new URL(address).hostname : "";
  return /^(localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0)$/u.test(host);
}
