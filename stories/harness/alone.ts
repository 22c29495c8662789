import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { promisify } from "node:util";

import { type Installation, KITHDESK, type Program } from "./installation.ts";

const READY_WITHIN_MS = 60_000;

/** One process on SQLite. */
export class Alone implements Installation {
  readonly url: string;
  log = "";
  readonly #data: string;
  readonly #port: number;
  readonly #program: Program;
  #process: ChildProcess | null = null;

  private constructor(data: string, port: number, program: Program) {
    this.#data = data;
    this.#port = port;
    this.#program = program;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(data: string, program: Program): Promise<Alone> {
    const alone = new Alone(data, await freePort(), program);
    await alone.startAgain();
    return alone;
  }

  async startAgain(): Promise<void> {
    const arguments_ = [this.#program, "--data", this.#data, "--port", String(this.#port)];
    const child = spawn(KITHDESK, arguments_, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, KITHDESK_TEST: "1", KITHDESK_LOG_LEVEL: "warning" },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text: Buffer) => {
        this.log += text.toString();
      });
    }
    this.#process = child;
    await this.#isReady(child);
  }

  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async run(...command: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(KITHDESK, [...command, "--data", this.#data]);
    return stdout;
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
    throw new Error(`kithdesk did not start:\n${this.log}`);
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

/** Below what the system gives to connections: one of those could have it before the server does. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const probe = createServer().listen(port, "127.0.0.1");
    const isFree = await once(probe, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    const closed = once(probe, "close");
    probe.close();
    await closed;
    return port;
  }
}
