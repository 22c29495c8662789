import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { test as base, expect, inject } from "vitest";

import { Agent } from "./agent.ts";
import { keepEvidence, uncaught } from "./browser.ts";
import { newFolder } from "./installation.ts";
import type { AgentName } from "./people.ts";
import { Server } from "./server.ts";
import { Site } from "./site.ts";
import { Visitor } from "./visitor.ts";
import { Wire } from "./wire.ts";

/** Whoever a story needs beyond the usual two. Everybody leaves when it ends. */
export interface People {
  visitor(options?: BrowserContextOptions, language?: "en" | "ar"): Promise<Visitor>;
  /** Signed in and available. */
  agent(who: AgentName, options?: BrowserContextOptions): Promise<Agent>;
  /** Signed in, and as available as they were. */
  atTheDesk(who: AgentName, options?: BrowserContextOptions): Promise<Agent>;
  /** At the console's door. */
  arriving(who: AgentName, options?: BrowserContextOptions): Promise<Agent>;
}

interface Fixtures {
  /** Shared by the stories of one file. */
  server: Server;
  people: People;
  /** In the shop, on its first page. */
  visitor: Visitor;
  /** Ana, signed in and available. */
  agent: Agent;
  /** Somebody else's pages. */
  site: Site;
  /** Between a browser and the server, for whoever is told to use it. */
  wire: Wire;
}

export const story = base.extend<Fixtures>({
  server: [
    async ({}, use) => {
      const folder = await newFolder("story");
      const server = await startServer(folder);
      await use(server);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "file" },
  ],
  people: async ({ server, task }, use) => {
    const everybody: (Visitor | Agent)[] = [];
    const arriving = async (who: AgentName, options?: BrowserContextOptions) => {
      const agent = await Agent.arrives(server, who, options);
      everybody.push(agent);
      return agent;
    };
    const atTheDesk = async (who: AgentName, options?: BrowserContextOptions) => {
      const agent = await Agent.atTheDesk(server, who, options);
      everybody.push(agent);
      return agent;
    };
    await use({
      async visitor(options, language) {
        const visitor = await Visitor.arrives(server, options, language);
        everybody.push(visitor);
        return visitor;
      },
      async agent(who, options) {
        const agent = await atTheDesk(who, options);
        await agent.isAvailable();
        return agent;
      },
      atTheDesk,
      arriving,
    });
    const pages = everybody.flatMap(({ page }) => page.context().pages());
    if (task.result?.state === "fail") await keepEvidence(task.name, pages, server.log);
    await Promise.all(everybody.map((one) => one instanceof Agent && one.leaves()));
    await Promise.all(pages.map((page) => page.context().close()));
    expect(everybody.flatMap(({ page }) => uncaught(page))).toEqual([]);
  },
  visitor: async ({ people }, use) => {
    const visitor = await people.visitor();
    await visitor.visits();
    await use(visitor);
  },
  agent: async ({ people }, use) => {
    await use(await people.agent("ana"));
  },
  site: async ({}, use) => {
    const site = await Site.open();
    await use(site);
    site.close();
  },
  wire: async ({}, use) => {
    const wire = await Wire.lay();
    await use(wire);
    wire.cut();
  },
});

async function startServer(folder: string): Promise<Server> {
  const data = join(folder, "data");
  await cp(inject("template"), data, { recursive: true });
  return Server.start(data, "demo", true, inject("programKey"));
}
