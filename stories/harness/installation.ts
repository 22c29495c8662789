import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");
export const KITHDESK = process.env.KITHDESK_PROGRAM ?? join(ROOT, ".venv/bin/kithdesk");
export const PYTHON = join(dirname(KITHDESK), "python");

/** Whether the stories are told against several nodes, and whether those are restarted in turn all the while. */
export const SET_UP = process.env.KITHDESK_STORIES as "cluster" | "rolling" | undefined;

export type Program = "demo" | "serve";

/** The processes behind a story. */
export interface Installation {
  readonly url: string;
  /** What they have said since they were first started. */
  readonly log: string;
  startAgain(): Promise<void>;
  /** All of it, as a power cut would, whatever it is doing; to be started again. */
  kill(): Promise<void>;
  /** In good order, for good. */
  stop(): Promise<void>;
  /** A command of the command line, with what it printed. */
  run(...command: string[]): Promise<string>;
}

/** A new folder for data. PostgreSQL, which refuses to be root, may have to pass through it as somebody else. */
export async function newFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `kithdesk-${name}-`));
  await chmod(folder, 0o711);
  return folder;
}
