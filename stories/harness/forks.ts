import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

import { PYTHON, ROOT } from "./installation.ts";

/** A process that another one has forked. */
export interface Forked {
  readonly pid: number;
  readonly hasEnded: Promise<void>;
}

/** `parts.forks`: one process that has loaded the program, from which servers are forked. One of this process for all. */
class Forks {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #starting: { resolve: (pid: number) => void; reject: (reason: Error) => void }[] = [];
  readonly #ending = new Map<number, () => void>();

  constructor() {
    // `-P`: the program is the one that is installed there, wherever this is run from.
    this.#process = spawn(PYTHON, ["-P", join(ROOT, "parts/forks.py")], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, KITHDESK_TEST: "1", KITHDESK_LOG_LEVEL: "warning" },
    });
    createInterface(this.#process.stdout).on("line", (line) => this.#hear(JSON.parse(line)));
    this.#process.on("exit", () => {
      for (const { reject } of this.#starting) reject(new Error("parts.forks has ended"));
    });
    (this.#process.stdin as Socket).unref();
  }

  async start(command: readonly string[], log: string): Promise<Forked> {
    const started = new Promise<number>((resolve, reject) => this.#starting.push({ resolve, reject }));
    this.#process.stdin.write(`${JSON.stringify({ command, log })}\n`);
    this.#keepsAlive();
    const pid = await started;
    return { pid, hasEnded: new Promise((resolve) => this.#ending.set(pid, resolve)) };
  }

  /** It ends when this process does, and keeps it from that only while there is something to hear. */
  #keepsAlive(): void {
    const isHeard = this.#starting.length + this.#ending.size > 0;
    for (const held of [this.#process, this.#process.stdout as Socket]) isHeard ? held.ref() : held.unref();
  }

  #hear({ started, ended }: { started?: number; ended?: number }): void {
    if (started !== undefined) this.#starting.shift()?.resolve(started);
    if (ended === undefined) return;
    // In the same moment as its start, perhaps: whoever asked must have heard of that first.
    setImmediate(() => {
      this.#ending.get(ended)?.();
      this.#ending.delete(ended);
      this.#keepsAlive();
    });
  }
}

let forks: Forks | null = null;

export function fork(command: readonly string[], log: string): Promise<Forked> {
  forks ??= new Forks();
  return forks.start(command, log);
}
