import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { promisify } from "node:util";

import { type Forked, fork } from "./forks.ts";
import { type Installation, KITHDESK, type Program } from "./installation.ts";

const READY_WITHIN_MS = 60_000;

/** One process on SQLite. */
export class Alone implements Installation {
  readonly url: string;
  readonly #data: string;
  readonly #port: number;
  readonly #program: Program;
  #process: Forked | null = null;

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
    this.#process = await fork(arguments_, this.#logFile);
    await this.#isReady(this.#process);
  }

  get log(): string {
    return readFileSync(this.#logFile, "utf8");
  }

  get #logFile(): string {
    return `${this.#data}.log`;
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

  async #isReady({ hasEnded }: Forked): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    let isGone = false;
    void hasEnded.then(() => {
      isGone = true;
    });
    while (!isGone && Date.now() < deadline) {
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
    if (child === null) return;
    // It may have ended by itself.
    if (isThere(child.pid)) process.kill(child.pid, signal);
    await child.hasEnded;
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
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
