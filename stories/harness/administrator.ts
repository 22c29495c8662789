import { AGENTS, type AgentName } from "./people.ts";
import type { Server } from "./server.ts";

/** Another program of the company, with its key. */
export class Program {
  readonly #server: Server;
  readonly #key: string;

  private constructor(server: Server, key: string) {
    this.#server = server;
    this.#key = key;
  }

  static async of(server: Server): Promise<Program> {
    return new Program(server, await server.programKey());
  }

  async get(path: string): Promise<Answer> {
    return this.#ask("GET", path);
  }

  async post(path: string, body: object): Promise<Answer> {
    return this.#ask("POST", path, body);
  }

  async put(path: string, body: object): Promise<Answer> {
    return this.#ask("PUT", path, body);
  }

  async remove(path: string): Promise<void> {
    await this.#ask("DELETE", path);
  }

  async #ask(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#server.url}${path}`, {
      method,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.#key}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said = await response.text();
    const answer = said === "" ? {} : JSON.parse(said);
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
}

/** From their next sign-in on, this agent finds the settings. */
export async function makeAdministrator(server: Server, who: AgentName): Promise<void> {
  const program = await Program.of(server);
  const { data } = await program.get(`/v1/users?email=${encodeURIComponent(AGENTS[who].email)}`);
  await program.put(`/v1/users/${data[0]?.id}`, { roleGroups: ["admin"] });
}

interface Resource {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, { readonly data?: { readonly id: string } }>>;
}

interface Answer {
  readonly data: Resource & readonly Resource[];
}

/** Whoever wrote these words last. */
export async function customerWho(program: Program, preview: string): Promise<string> {
  const { data } = await program.get("/v1/conversations?status=open&pageSize=50");
  const found = data.find(({ attributes }) => attributes.preview === preview);
  return found?.relationships.customer?.data?.id ?? "";
}
