import { expect } from "vitest";

import { makeAdministrator, Program } from "./harness/administrator.ts";
import type { Agent } from "./harness/agent.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story(
  "a view that is saved, renamed or removed is so in every window at once",
  async ({ server, people }) => {
    const shop = await Program.of(server);
    const ana = await people.agent("ana");
    const ben = await people.agent("ben");
    // Where nothing is saved yet, too.
    await visible(views(ben).getByRole("heading"));
    const query = { and: [{ conversation_status: { equals: "open" } }] };

    await ana.page.getByRole("button", { name: "Add a view" }).click();
    const sheet = ana.page.getByRole("dialog", { name: "New view" });
    await sheet.getByRole("textbox", { name: "Name", exact: true }).fill("Mine alone");
    await sheet.getByRole("button", { name: "Save" }).click();
    await visible(views(ana).getByRole("link", { name: /Mine alone/ }));
    const { data: view } = await shop.post("/v1/views", { name: "Waiting", query, isShared: true });

    for (const agent of [ana, ben]) await visible(views(agent).getByRole("link", { name: /Waiting/ }));
    await gone(views(ben).getByRole("link", { name: /Mine alone/ }));
    await shop.put(`/v1/views/${view.id}`, { name: "Still waiting" });
    for (const agent of [ana, ben]) await visible(views(agent).getByRole("link", { name: /Still waiting/ }));
    await views(ben)
      .getByRole("link", { name: /Still waiting/ })
      .click();
    await shop.remove(`/v1/views/${view.id}`);
    for (const agent of [ana, ben]) await gone(views(agent).getByRole("link", { name: /Still waiting/ }));
    await visible(ben.page.getByText("This view is not there"));
  },
);

story(
  "whoever changes what somebody else has just changed is told, and overwrites nothing",
  async ({ server, people }) => {
    const shop = await Program.of(server);
    await makeAdministrator(server, "ana");
    const ana = await people.agent("ana");
    const query = { and: [{ conversation_status: { equals: "open" } }] };
    const view = { name: "Waiting", query, isShared: true };
    const { data } = await shop.post("/v1/views", view);
    await views(ana)
      .getByRole("link", { name: /Waiting/ })
      .click();
    await ana.page.getByRole("button", { name: "Edit the view Waiting" }).click();
    const sheet = ana.page.getByRole("dialog", { name: "Edit view" });
    await sheet.getByLabel("In the order of").selectOption({ label: "What is promised to be answered next" });

    const mended = { and: [{ conversation_status: { equals: "snoozed" } }] };
    await shop.put(`/v1/views/${data.id}`, { query: mended });
    await sheet.getByRole("button", { name: "Save" }).click();

    await visible(sheet.getByRole("alert").getByText(/Somebody has changed what it shows meanwhile/));
    expect((await shop.get(`/v1/views/${data.id}`)).data.attributes.query).toEqual(mended);
    await sheet.getByRole("button", { name: "Cancel" }).click();
    await ana.page.getByRole("button", { name: "Edit the view Waiting" }).click();
    await sheet.getByRole("textbox", { name: "Name", exact: true }).fill("Asleep");
    await sheet.getByRole("button", { name: "Save" }).click();

    await visible(views(ana).getByRole("link", { name: /Asleep/ }));
    expect((await shop.get(`/v1/views/${data.id}`)).data.attributes.query).toEqual(mended);
  },
);

function views({ page }: Agent) {
  return page.getByRole("navigation", { name: "Views" });
}
