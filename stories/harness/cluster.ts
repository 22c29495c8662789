import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import { type Installation, KITHDESK, type Program, PYTHON, ROOT, SET_UP } from "./installation.ts";

const ROLLING_SECONDS = 4;

/** What `python -m parts.cluster --json` says of itself, once and after each command. */
interface State {
  url: string;
  folder: string;
  logs: string[];
  environment: Record<string, string>;
}

/** Three nodes and a worker on PostgreSQL, NATS and S3, behind a balancer. */
export class Cluster implements Installation {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  #state: State = { url: "", folder: "", logs: [], environment: {} };
  #complaints = "";

  private constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    this.#answers = createInterface(process.stdout)[Symbol.asyncIterator]();
    process.stderr.on("data", (text: Buffer) => {
      this.#complaints += text.toString();
    });
  }

  static async start(data: string, program: Program, isRolling: boolean): Promise<Cluster> {
    const options = ["--json", "--port", "0", "--data", data];
    if (program === "demo") options.push("--demo");
    if (isRolling && SET_UP === "rolling") options.push("--rolling", String(ROLLING_SECONDS));
    const child = spawn(PYTHON, ["-m", "parts.cluster", ...options], {
      cwd: ROOT,
      env: { ...process.env, KITHDESK_TEST: "1", KITHDESK_LOG_LEVEL: "warning" },
    });
    const cluster = new Cluster(child);
    await cluster.#hear();
    return cluster;
  }

  get url(): string {
    return this.#state.url;
  }

  get log(): string {
    const logs = this.#state.logs.map((path) => `## ${path}\n${readFileSync(path, "utf8")}`);
    return [this.#complaints, ...logs].join("\n");
  }

  async startAgain(): Promise<void> {
    await this.tell("start");
  }

  async kill(): Promise<void> {
    await this.tell("kill");
  }

  async stop(): Promise<void> {
    const gone = once(this.#process, "exit");
    this.#process.stdin.end();
    await gone;
  }

  async run(...command: string[]): Promise<string> {
    const data = join(this.#state.folder, "operator");
    const env = { ...process.env, ...this.#state.environment };
    const { stdout } = await promisify(execFile)(KITHDESK, [...command, "--data", data], { env });
    return stdout;
  }

  /** `kill`, `start`, `restart` or what else there is, and the names of parts; by default all nodes and workers. */
  async tell(command: string, ...names: string[]): Promise<void> {
    this.#process.stdin.write(`${[command, ...names].join(" ")}\n`);
    await this.#hear();
  }

  async #hear(): Promise<void> {
    const { done, value } = await this.#answers.next();
    if (done) throw new Error(`the cluster has ended:\n${this.#complaints}`);
    this.#state = JSON.parse(value);
  }
}
