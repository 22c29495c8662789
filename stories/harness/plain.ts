import { Program } from "./administrator.ts";
import type { Server } from "./server.ts";

/**
 * A desk on which everybody serves everything: the demo's own queues, rules, profiles and promises are put away, for a
 * story says by itself what it needs of them.
 */
export async function makePlain(server: Server): Promise<void> {
  const program = await Program.of(server);
  await removeAll(program, "/v1/routing/queue-rules");
  await removeAll(program, "/v1/slas");
  await freeTeams(program);
  await removeQueues(program);
  await forgetPromises(program);
  await removeAll(program, "/v1/routing/skills");
  await removeAll(program, "/v1/schedules");
}

async function freeTeams(program: Program): Promise<void> {
  for (const { id } of await all(program, "/v1/teams")) {
    await program.put(`/v1/routing/settings?team=${id}`, { enabled: false, queues: [] });
  }
  await program.put("/v1/routing/settings", { unavailableReasons: null });
}

async function removeQueues(program: Program): Promise<void> {
  const path = "/v1/routing/queues";
  const queues = await all(program, path);
  for (const { id, attributes } of queues) {
    const change = attributes.isDefault ? { name: "Default queue" } : { overflow: null };
    await program.put(`${path}/${id}`, change);
  }
  for (const { id, attributes } of queues) {
    if (!attributes.isDefault) await program.remove(`${path}/${id}`);
  }
}

/** Whatever was promised stays so until the conversation changes. */
async function forgetPromises(program: Program): Promise<void> {
  for (const { id, attributes } of await all(program, "/v1/conversations?status=open")) {
    for (const priority of [5, attributes.priority]) {
      await program.put(`/v1/conversations/${id}`, { priority });
    }
  }
}

async function removeAll(program: Program, path: string): Promise<void> {
  for (const { id } of await all(program, path)) await program.remove(`${path}/${id}`);
}

async function all(program: Program, path: string) {
  return (await program.get(path)).data;
}
