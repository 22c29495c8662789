import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { Forks } from "./forks.ts";

const WAITING = ["demo", "--help"];

test("nobody waits for a server whose forks were killed, and whoever starts another is told so", async () => {
  const log = join(mkdtempSync(join(tmpdir(), "kithdesk-forks-")), "log");
  const forks = new Forks();
  const server = await forks.start(["demo", "--port", "0", "--data", `${log}.data`], log);
  const late = forks.start(WAITING, log);

  process.kill(forks.pid ?? 0, "SIGKILL");

  await Promise.allSettled([server.hasEnded, late.then(({ hasEnded }) => hasEnded)]);
  await expect(forks.start(WAITING, log)).rejects.toThrow("parts.forks has ended");
});
