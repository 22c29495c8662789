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
export class Forks {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #starting: { resolve: (pid: number) => void; reject: (reason: Error) => void }[] = [];
  readonly #ending = new Map<number, () => void>();
  isOver = false;

  constructor() {
    // `-P`: the program is the one that is installed there, wherever this is run from.
    this.#process = spawn(PYTHON, ["-P", join(ROOT, "parts/forks.py")], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, KITHDESK_TEST: "1", KITHDESK_LOG_LEVEL: "warning" },
    });
    createInterface(this.#process.stdout).on("line", (line) => this.#hear(JSON.parse(line)));
    // It may never have begun, or be written to before one hears of its end.
    for (const [told, of] of [
      ["exit", this.#process],
      ["error", this.#process],
      ["error", this.#process.stdin],
    ] as const)
      of.on(told, () => this.#giveUp());
    (this.#process.stdin as Socket).unref();
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  async start(command: readonly string[], log: string): Promise<Forked> {
    if (this.isOver) throw GONE;
    const started = new Promise<number>((resolve, reject) => this.#starting.push({ resolve, reject }));
    this.#process.stdin.write(`${JSON.stringify({ command, log })}\n`);
    this.#keepsAlive();
    const pid = await started;
    if (this.isOver) kill(pid);
    const hasEnded = new Promise<void>((resolve) => {
      if (this.isOver) resolve();
      else this.#ending.set(pid, resolve);
    });
    return { pid, hasEnded };
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

  /** Its servers end with it, for nobody would tell of their end any more. */
  #giveUp(): void {
    this.isOver = true;
    for (const { reject } of this.#starting.splice(0)) reject(GONE);
    for (const [pid, resolve] of this.#ending) {
      kill(pid);
      resolve();
    }
    this.#ending.clear();
  }
}

const GONE = new Error("parts.forks has ended");

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has gone by itself.
  }
}

let forks: Forks | null = null;

export function fork(command: readonly string[], log: string): Promise<Forked> {
  if (forks === null || forks.isOver) forks = new Forks();
  return forks.start(command, log);
}
