import type { Locator } from "playwright-core";

import { Program } from "./administrator.ts";
import type { Agent } from "./agent.ts";
import type { Server } from "./server.ts";

/** Agents are asked whether they take what comes, and for so long. */
export async function askFirst(server: Server, acceptTimeoutSeconds: number): Promise<void> {
  await settings(server, { acceptance: "manual", acceptTimeoutSeconds, wrapUpSeconds: 0 });
}

/** How everybody is given work from now on, with room for all of it. */
export async function settings(server: Server, wanted: object): Promise<void> {
  await (await Program.of(server)).put("/v1/routing/settings", { capacityPerAgent: 50, ...wanted });
}

export function offerTo({ page }: Agent, words: string): Locator {
  return page
    .getByRole("region", { name: "Offered to you" })
    .getByRole("listitem")
    .filter({ hasText: words });
}

export function wrapUpOf({ page }: Agent): Locator {
  return page.getByRole("region", { name: "Wrapping up" }).getByRole("listitem");
}

/** Seconds, or minutes with an m. */
export async function secondsLeft(card: Locator): Promise<number> {
  const left = await card.locator(".ring__number").innerText();
  return left.endsWith("m") ? 60 * Number(left.slice(0, -1)) : Number(left);
}
