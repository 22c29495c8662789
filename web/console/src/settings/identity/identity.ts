import { api } from "../../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";

const SETTINGS = "/v1/auth/customer/settings";
const DEBUG = "/v1/auth/customer/debug";

/** A secret that tokens are signed with; only the newest has no end. */
export interface Secret {
  readonly id: string;
  readonly createdAt: string;
  readonly endsAt: string | null;
}

export interface Secrets {
  /** The newest one itself. */
  readonly value: string;
  readonly secrets: readonly Secret[];
}

/** What the chat would say to a token. */
export interface Verdict {
  readonly isAccepted: boolean;
  readonly reason: string | null;
  readonly explanation: string;
  readonly header: string | null;
  readonly claims: string | null;
  readonly issuedAt: string | null;
  readonly ageSeconds: number | null;
  readonly secret: string | null;
  readonly identity: { readonly by: string; readonly value: string } | null;
  readonly customer: string | null;
  readonly name: string | null;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly ignored: readonly { readonly name: string; readonly why: string }[];
}

export async function loadSecrets(): Promise<Secrets> {
  const { data } = await api.get(SETTINGS);
  return secretsFrom(data);
}

/** A new secret at once; the older ones sign for so many hours more. */
export async function rotateSecret(overlapHours: number): Promise<Secrets> {
  const { data } = await api.post(`${SETTINGS}/rotate`, { overlapHours });
  return secretsFrom(data);
}

export async function endSecret(id: string): Promise<Secrets> {
  await api.remove(`${SETTINGS}/secrets/${id}`);
  return loadSecrets();
}

export async function debugToken(token: string): Promise<Verdict> {
  const { data } = await api.post(DEBUG, { token });
  return verdictFrom(data);
}

function secretsFrom({ attributes: json }: Resource): Secrets {
  return {
    value: text(json.secret),
    secrets: list(json.secrets)
      .filter(isJson)
      .map((secret) => ({
        id: text(secret.id),
        createdAt: text(secret.createdAt),
        endsAt: textOrNull(secret.endsAt),
      })),
  };
}

export function verdictFrom({ attributes: json }: Resource): Verdict {
  const identity = isJson(json.identity) ? json.identity : null;
  return {
    isAccepted: json.accepted === true,
    reason: textOrNull(json.reason),
    explanation: text(json.explanation),
    header: readable(json.header),
    claims: readable(json.claims),
    issuedAt: textOrNull(json.issuedAt),
    ageSeconds: numberOrNull(json.ageSeconds),
    secret: textOrNull(json.secret),
    identity: identity === null ? null : { by: text(identity.by), value: text(identity.value) },
    customer: textOrNull(json.customer),
    name: textOrNull(json.name),
    attributes: isJson(json.attributes)
      ? Object.entries(json.attributes).map(([name, value]) => [name, asWords(value)] as const)
      : [],
    ignored: list(json.ignored)
      .filter(isJson)
      .map(({ name, why }) => ({ name: text(name), why: text(why) })),
  };
}

function readable(json: unknown): string | null {
  return isJson(json) ? JSON.stringify(json, null, 2) : null;
}

function asWords(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `code` in the explanation is code on the screen. */
export function partsOf(explanation: string): { readonly text: string; readonly isCode: boolean }[] {
  return explanation
    .split(/`([^`]+)`/u)
    .map((part, index) => ({ text: part, isCode: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}
