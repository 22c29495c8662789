import { Program } from "./administrator.ts";
import type { Server } from "./server.ts";

/**
 * A desk on which everybody serves everything: the demo's own queues, rules, profiles and promises are put away, for a
 * story says by itself what it needs of them.
 */
export async function makePlain(server: Server): Promise<void> {
  const program = await Program.of(server);
  for (const path of ["/v1/routing/queue-rules", "/v1/slas"]) {
    for (const { id } of await all(program, path)) await program.remove(`${path}/${id}`);
  }
  for (const { id } of await all(program, "/v1/teams")) {
    await program.put(`/v1/routing/settings?team=${id}`, { enabled: false, queues: [] });
  }
  await program.put("/v1/routing/settings", { unavailableReasons: null });
  for (const { id, attributes } of await all(program, "/v1/routing/queues")) {
    const path = `/v1/routing/queues/${id}`;
    if (attributes.isDefault) await program.put(path, { name: "Default queue" });
    else await program.put(path, { overflow: null });
  }
  for (const { id, attributes } of await all(program, "/v1/routing/queues")) {
    if (!attributes.isDefault) await program.remove(`/v1/routing/queues/${id}`);
  }
  for (const path of ["/v1/routing/skills", "/v1/schedules"]) {
    for (const { id } of await all(program, path)) await program.remove(`${path}/${id}`);
  }
}

async function all(program: Program, path: string) {
  return (await program.get(path)).data;
}
