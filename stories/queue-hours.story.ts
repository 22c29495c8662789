import { expect } from "vitest";

import { Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import type { Server } from "./harness/server.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const DAYS = ["0", "1", "2", "3", "4", "5", "6"];
const ALL_DAY = [[0, 1_440]];

/** The default queue, with what is to be another there. */
async function queue(server: Server, values: object): Promise<void> {
  const program = await Program.of(server);
  const { data } = await program.get("/v1/routing/queues?pageSize=100");
  const found = data.find(({ attributes }) => attributes.isDefault === true);
  await program.put(`/v1/routing/queues/${found?.id}`, values);
}

story(
  "outside its hours a queue keeps what waits, the visitor reads when it opens, and then somebody has it",
  async ({ server, agent, visitor }) => {
    const program = await Program.of(server);
    const closed = Object.fromEntries(DAYS.map((day) => [day, day === "0" ? [[0, 1]] : []]));
    const { data } = await program.post("/v1/schedules", { name: "Sundays", timezone: "UTC", hours: closed });
    await queue(server, { schedule: data.id, overflow: null });
    await visitor.opensChat();
    await visitor.writes("Is anybody there at night?");

    await visible(visitor.panel.getByText(/^Closed, opens /));
    expect(await violations(visitor.page)).toEqual([]);

    const hours = Object.fromEntries(DAYS.map((day) => [day, ALL_DAY]));
    await program.put(`/v1/schedules/${data.id}`, { hours });
    await visitor.reads("You are talking with Ana Lima");
    await queue(server, { schedule: null });
    await gone(visitor.panel.getByText(/^Closed, opens /));
    await agent.opens("Is anybody there at night?");
    await agent.answers("There is now");
    await visitor.sees("There is now");
  },
);

story(
  "who waits too long is told so once, and leaves an address in the chat",
  async ({ server, people, visitor }) => {
    const agent = await people.agent("ana");
    await agent.becomes("Busy");
    await queue(server, {
      schedule: null,
      overflow: { message: "It takes a while today.", form: true, afterSeconds: 60 },
    });
    await visitor.opensChat();
    await visitor.writes("Which tent for two?");
    await visible(visitor.panel.getByText(/^You are (next|number)/));

    await server.advance({ seconds: 61 });
    await visitor.sees("It takes a while today.");
    const field = visitor.panel.getByRole("textbox", { name: "Your e-mail address" });
    await visible(field);
    expect(await violations(visitor.page)).toEqual([]);
    await field.fill("iris@example.test");
    await field.press("Enter");

    await visitor.sees("My e-mail address: iris@example.test");
    await gone(field);
    await queue(server, { overflow: null });
    await agent.becomes("Available");
    await agent.opens("My e-mail address: iris@example.test");
    await agent.reads("iris@example.test");
    await agent.answers("The Alder, by mail tomorrow");
    await visitor.sees("The Alder, by mail tomorrow");
  },
);
