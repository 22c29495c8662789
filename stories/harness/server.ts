import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const KITHDESK = process.env.KITHDESK_PROGRAM ?? join(import.meta.dirname, "../../.venv/bin/kithdesk");
export const PYTHON = join(dirname(KITHDESK), "python");
const READY_WITHIN_MS = 60_000;

/** One server on a port of its own: itself at 127.0.0.1, the demo's shop at localhost, which is another site. */
export class Server {
  readonly url: string;
  readonly shop: string;
  readonly #data: string;
  readonly #port: number;
  readonly #program: "demo" | "serve";
  #process: ChildProcess | null = null;
  #log = "";

  private constructor(data: string, port: number, program: "demo" | "serve") {
    this.#data = data;
    this.#port = port;
    this.#program = program;
    this.url = `http://127.0.0.1:${port}`;
    this.shop = `http://localhost:${port}/shop/`;
  }

  static async start(data: string, program: "demo" | "serve" = "demo"): Promise<Server> {
    const server = new Server(data, await freePort(), program);
    await server.startAgain();
    return server;
  }

  /** What it has said since it was first started. */
  get log(): string {
    return this.#log;
  }

  async startAgain(): Promise<void> {
    const arguments_ = [this.#program, "--data", this.#data, "--port", String(this.#port)];
    const child = spawn(KITHDESK, arguments_, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, KITHDESK_TEST: "1", KITHDESK_LOG_LEVEL: "warning" },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text: Buffer) => {
        this.#log += text.toString();
      });
    }
    this.#process = child;
    await this.#isReady(child);
  }

  /** As a power cut would, whatever it is doing. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
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
    const { stdout } = await promisify(execFile)(KITHDESK, [...command, "--data", this.#data, "--json"]);
    return JSON.parse(stdout);
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
    const { apiKey } = await this.command("api-key", "create", "--name", "stories", "--role", "admin");
    const response = await fetch(`${this.url}/v1/chat/settings`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ allowedDomains: sites }),
    });
    if (!response.ok) throw new Error(`Not allowed: ${response.status} ${await response.text()}`);
  }

  async #isReady(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (child.exitCode === null && Date.now() < deadline) {
      const ready = await fetch(`${this.url}/readyz`)
        .then(({ ok }) => ok)
        .catch(() => false);
      if (ready) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`kithdesk did not start:\n${this.#log}`);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  const closed = once(probe, "close");
  probe.close();
  await closed;
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
