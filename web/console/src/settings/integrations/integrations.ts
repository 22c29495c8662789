import { api } from "../../api/api.ts";
import { isJson, numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";

const PATH = "/v1/integrations";

export const PROVIDERS = ["shopify", "woocommerce"] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface Integration {
  readonly id: string;
  readonly provider: Provider;
  readonly name: string;
  /** Where the shop sends what happens. */
  readonly hookUrl: string;
  readonly isEnabled: boolean;
  readonly secretHint: string | null;
  readonly lastDeliveryAt: string | null;
  /** How many deliveries had which outcome. */
  readonly counts: readonly (readonly [outcome: string, count: number])[];
}

export interface Delivery {
  readonly id: string;
  readonly topic: string;
  readonly outcome: string;
  readonly detail: string | null;
  readonly at: string;
}

export interface NewIntegration {
  readonly provider: Provider;
  readonly name: string;
  readonly secret: string;
}

export async function loadIntegrations(): Promise<Integration[]> {
  const { data } = await api.all(PATH);
  return data.map(integrationFrom);
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

export async function loadDeliveries(id: string): Promise<Delivery[]> {
  const { data } = await api.list(`${PATH}/${id}/deliveries`);
  return data.map(({ id: delivery, attributes: json }) => ({
    id: delivery,
    topic: text(json.topic),
    outcome: text(json.outcome),
    detail: textOrNull(json.detail),
    at: text(json.at),
  }));
}

function integrationFrom({ id, attributes: json }: Resource): Integration {
  const hook = text(json.hookUrl);
  return {
    id,
    provider: PROVIDERS.find((provider) => provider === json.provider) ?? "shopify",
    name: text(json.name),
    // A server that does not know its own address says the path.
    hookUrl: hook.startsWith("/") ? location.origin + hook : hook,
    isEnabled: json.status !== "disabled",
    secretHint: textOrNull(json.secretHint),
    lastDeliveryAt: textOrNull(json.lastDeliveryAt),
    counts: isJson(json.counts)
      ? Object.entries(json.counts).flatMap(([outcome, count]) => {
          const number = numberOrNull(count);
          return number === null || number === 0 ? [] : [[outcome, number] as const];
        })
      : [],
  };
}
