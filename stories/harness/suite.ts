import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";

import { newFolder } from "./installation.ts";
import { AGENTS, type AgentName, PASSWORD } from "./people.ts";
import { makePlain } from "./plain.ts";
import { Server } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    browser: string;
    /** A data folder with the demo shop and the agents, which each server gets a copy of. */
    template: string;
    /** With which another program of the company speaks to those servers: making one for each story takes a second. */
    programKey: string;
  }
}

/** Once for the whole run: the browser, and a data folder that is ready to be copied. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await newFolder("stories");
  const [browser, programKey] = await Promise.all([launch(), prepare(folder)]);
  project.provide("browser", browser.wsEndpoint());
  project.provide("template", join(folder, "data"));
  project.provide("programKey", programKey);
  return async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  };
}

function launch() {
  return chromium.launchServer({
    executablePath: process.env.KITHDESK_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // As browsers do or will do: a frame of another site gets no cookies and no storage.
      "--test-third-party-cookie-phaseout",
    ],
  });
}

async function prepare(folder: string): Promise<string> {
  await writeFile(join(folder, "password"), PASSWORD);
  const server = await Server.start(join(folder, "data"));
  for (const name of Object.keys(AGENTS) as AgentName[]) {
    await server.command(
      "agent",
      "create",
      ...["--email", AGENTS[name].email, "--name", AGENTS[name].name],
      ...["--password-file", join(folder, "password")],
    );
  }
  await makePlain(server);
  const programKey = await server.programKey();
  await server.stop();
  return programKey;
}
