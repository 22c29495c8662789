import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { newFolder } from "./installation.ts";
import { AGENTS, type AgentName, PASSWORD } from "./people.ts";
import { makePlain } from "./plain.ts";
import { Server } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A data folder with the demo shop and the agents, which each server gets a copy of. */
    template: string;
    /** With which another program of the company speaks to those servers: making one for each story takes a second. */
    programKey: string;
  }
}

/** Once for the whole run: a data folder that is ready to be copied. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await newFolder("stories");
  project.provide("programKey", await prepare(folder));
  project.provide("template", join(folder, "data"));
  return () => rm(folder, { recursive: true, force: true });
}

async function prepare(folder: string): Promise<string> {
  await writeFile(join(folder, "password"), PASSWORD);
  const server = await Server.start(join(folder, "data"));
  const hire = async (name: AgentName) => {
    const { email, name: shown } = AGENTS[name];
    const password = ["--password-file", join(folder, "password")];
    await server.command("agent", "create", "--email", email, "--name", shown, ...password);
  };
  // Both at once: it is a program that starts, each time.
  await Promise.all([makePlain(server), ...(Object.keys(AGENTS) as AgentName[]).map(hire)]);
  const programKey = await server.programKey();
  await server.stop();
  return programKey;
}
