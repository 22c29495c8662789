import { api } from "../../api/api.ts";
import { list, type Resource, text, textOrNull } from "../../desk/reading.ts";

const PATH = "/v1/auth/api-keys";

type Role = "agent" | "admin" | "org.tracking";

/** What another program comes in with. */
export interface Key {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly lastFour: string;
  readonly networks: readonly string[];
  readonly expiresAt: string | null;
  readonly createdAt: string;
}

export interface KeyWish {
  readonly name: string;
  readonly role: Role;
  readonly networks: readonly string[];
  /** Null is for ever. */
  readonly expiresAt: string | null;
}

export async function loadKeys(): Promise<Key[]> {
  const { data } = await api.all(PATH);
  return data.map(keyFrom);
}

/** The key itself is in this answer and nowhere else, ever. */
export async function createKey({ name, role, networks, expiresAt }: KeyWish): Promise<{ secret: string }> {
  const expiry = expiresAt === null ? {} : { expiresAt };
  const { data } = await api.post(PATH, { name, roles: [role], networks, ...expiry });
  return { secret: text(data.attributes.apiKey) };
}

export async function revokeKey(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}

/** The most that it may. */
function roleFrom(roles: readonly unknown[]): Role {
  if (roles.includes("org.admin")) return "admin";
  return roles.includes("org.user") ? "agent" : "org.tracking";
}

function keyFrom({ id, attributes: json }: Resource): Key {
  return {
    id,
    name: text(json.name),
    role: roleFrom(list(json.roles)),
    lastFour: text(json.lastFour),
    networks: list(json.networks).map(text),
    expiresAt: textOrNull(json.expiresAt),
    createdAt: text(json.createdAt),
  };
}
