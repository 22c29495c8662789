import { api } from "../../api/api.ts";
import { list, type Resource, text, textOrNull } from "../../desk/reading.ts";

/** More than that is another product. */
const MOST_AGENTS = 500;

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly lastSignInAt: string | null;
}

export interface Team {
  /** Null of one that is being made. */
  readonly id: string | null;
  readonly name: string;
  readonly members: readonly string[];
}

export interface People {
  readonly agents: readonly Agent[];
  readonly teams: readonly Team[];
}

export async function loadPeople(): Promise<People> {
  const [agents, teams] = await Promise.all([
    api.list(`/v1/users?userType=user&page=1&pageSize=${MOST_AGENTS}`),
    api.all("/v1/teams"),
  ]);
  return { agents: agents.data.map(agentFrom), teams: teams.data.map(teamFrom) };
}

export interface InviteWish {
  readonly name: string;
  readonly email: string;
  readonly role: "agent" | "admin";
}

/** Where a new agent chooses a password. It is in the answer that makes them and nowhere else, ever. */
export interface Invitation {
  readonly name: string;
  readonly setupUrl: string;
}

export async function invite({ name, email, role }: InviteWish): Promise<Invitation> {
  const { data } = await api.post("/v1/users", { displayName: name, email, roleGroups: [role] });
  return { name, setupUrl: text(data.attributes.setupUrl) };
}

export async function changeRole(id: string, role: "agent" | "admin"): Promise<void> {
  await api.put(`/v1/users/${id}`, { roleGroups: [role] });
}

/** Their sessions end at once; what they wrote stays. */
export async function deactivate(id: string): Promise<void> {
  await api.remove(`/v1/users/${id}`);
}

export async function reactivate(id: string): Promise<void> {
  await api.put(`/v1/users/${id}`, { deleted: false });
}

export async function saveTeam({ id, name, members }: Team): Promise<void> {
  await (id === null
    ? api.post("/v1/teams", { name, members })
    : api.put(`/v1/teams/${id}`, { name, members }));
}

export async function removeTeam(id: string): Promise<void> {
  await api.remove(`/v1/teams/${id}`);
}

function agentFrom({ id, attributes: json }: Resource): Agent {
  return {
    id,
    name: text(json.displayName),
    email: text(json.email),
    isAdmin: list(json.roles).includes("org.admin"),
    lastSignInAt: textOrNull(json.mostRecentLoginAt),
  };
}

function teamFrom({ id, attributes: json }: Resource): Team {
  return { id, name: text(json.name), members: list(json.members).map(text) };
}
