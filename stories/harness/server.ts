import { Alone } from "./alone.ts";
import { Cluster } from "./cluster.ts";
import { type Installation, type Program, SET_UP } from "./installation.ts";

/** What a story is told against: the desk at 127.0.0.1, and the demo's shop at localhost, which is another site. */
export class Server {
  readonly url: string;
  readonly shop: string;
  readonly #installation: Installation;
  #programKey: string | null;

  private constructor(installation: Installation, programKey: string | null) {
    this.#installation = installation;
    this.#programKey = programKey;
    this.url = installation.url;
    this.shop = `${installation.url.replace("127.0.0.1", "localhost")}/shop/`;
  }

  /**
   * On its own data. `isRolling`: where several nodes are restarted in turn, these are. `programKey`: of a program that
   * the data knows already.
   */
  static async start(
    data: string,
    program: Program = "demo",
    isRolling = false,
    programKey: string | null = null,
  ): Promise<Server> {
    const starting = SET_UP ? Cluster.start(data, program, isRolling) : Alone.start(data, program);
    return new Server(await starting, programKey);
  }

  /** What it has said since it was first started. */
  get log(): string {
    return this.#installation.log;
  }

  async startAgain(): Promise<void> {
    await this.#installation.startAgain();
  }

  /** As a power cut would, whatever it is doing; of several nodes all. */
  async kill(): Promise<void> {
    await this.#installation.kill();
  }

  async stop(): Promise<void> {
    await this.#installation.stop();
  }

  /** Does something to one node of several: `kill`, `start`, `restart`. */
  async tell(command: string, node: string): Promise<void> {
    if (!(this.#installation instanceof Cluster)) throw new Error("there is one node only");
    await this.#installation.tell(command, node);
  }

  /** Moves the server's clock, and comes back when everything that was due has happened. */
  async advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }): Promise<void> {
    const advance = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
    const response = await fetch(`${this.url}/test/clock`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ advance }),
    });
    if (!response.ok) throw new Error(`The clock did not move: ${response.status} ${await response.text()}`);
  }

  /** A command of the command line on this server's data, with its answer. */
  async command(...command: string[]): Promise<Record<string, unknown>> {
    return JSON.parse(await this.#installation.run(...command, "--json"));
  }

  /** The key of another program of the company, which may do everything. */
  async programKey(): Promise<string> {
    if (this.#programKey === null) {
      const { apiKey } = await this.command("api-key", "create", "--name", "shop", "--role", "admin");
      this.#programKey = String(apiKey);
    }
    return this.#programKey;
  }

  /** The line that a page embeds the chat with, and what it says besides. */
  async embed(more = ""): Promise<string> {
    const key = await this.widgetKey();
    return `<script src="${this.url}/widget.js" data-kithdesk-key="${key}" ${more} async></script>`;
  }

  async widgetKey(): Promise<string> {
    const page = await (await fetch(this.shop)).text();
    return /data-kithdesk-key="([^"]+)"/.exec(page)?.[1] ?? "";
  }

  /** Which sites may carry the chat. There is no screen for it yet. */
  async allowOnly(...sites: string[]): Promise<void> {
    const response = await fetch(`${this.url}/v1/chat/settings`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${await this.programKey()}` },
      body: JSON.stringify({ allowedDomains: sites }),
    });
    if (!response.ok) throw new Error(`Not allowed: ${response.status} ${await response.text()}`);
  }
}
