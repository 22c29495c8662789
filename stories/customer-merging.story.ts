import { expect } from "vitest";

import { customerWho, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible, WITHIN_MS } from "./harness/waiting.ts";

story(
  "an agent puts two records of one person together, and takes them apart again",
  async ({ server, people }) => {
    const phone = await people.visitor();
    await phone.visits();
    await phone.opensChat();
    await phone.writes("Is anybody there? I wrote this morning");
    const laptop = await people.visitor();
    await laptop.visits();
    await laptop.opensChat();
    await laptop.writes("My lantern leaks");
    const ana = await people.agent("ana");
    const shop = await Program.of(server);
    const known = await customerWho(shop, "My lantern leaks");
    const emails = [{ email: "ida@lantern.example", type: "home" }];
    await shop.put(`/v1/customers/${known}`, { name: "Ida Lantern", emails });
    await ana.goesTo("All open");
    await ana.opens("Is anybody there? I wrote this morning");
    const visitor = await ana.customerName();

    await ana.page.keyboard.press("Control+k");
    await ana.page.getByRole("combobox").fill("merge this");
    await ana.page.keyboard.press("Enter");
    const picker = ana.page.getByRole("dialog", { name: "Merge with" });
    await picker.getByRole("combobox").fill("Ida Lan");
    await picker.getByRole("option", { name: /Ida Lantern/ }).click();
    const comparison = ana.page.getByRole("dialog", { name: "Merge two customers" });
    await visible(comparison.getByText(`${visitor} becomes part of Ida Lantern.`));
    await visible(comparison.getByText("ida@lantern.example"));
    await visible(comparison.getByText(/1 conversation, 1 browser/));
    expect(await violations(ana.page)).toEqual([]);

    await comparison.getByRole("button", { name: "Merge", exact: true }).click();
    await gone(comparison);
    await visible(ana.customer.getByRole("heading", { name: "Ida Lantern" }));
    const others = ana.customer.getByRole("region", { name: "Other conversations" });
    await visible(others.getByRole("button", { name: /My lantern leaks/ }));
    await visible(ana.words(`Ana Lima merged ${visitor} into this customer`));

    await ana.page.getByRole("button", { name: `Undo the merge with ${visitor}` }).click();
    await visible(ana.customer.getByRole("heading", { name: visitor }));
    await gone(others.getByRole("button", { name: /My lantern leaks/ }));
    await phone.sees("Is anybody there? I wrote this morning");
    await phone.writes("Thank you");
    await ana.sees("Thank you");
  },
);

story(
  "the widget goes on through a merge and its undoing, and nothing that was written is lost",
  async ({ server, people }) => {
    const phone = await people.visitor();
    await phone.visits();
    await phone.opensChat();
    await phone.writes("First of all");
    const shop = await Program.of(server);
    const whose = () => customerWho(shop, "First of all");
    await expect.poll(whose, { timeout: WITHIN_MS }).not.toBe("");
    const anonymous = await whose();
    const { data } = await shop.get(`/v1/customers/${anonymous}/conversations`);
    const conversation = data[0]?.id ?? "";
    const known = (await shop.post("/v1/customers", { name: "Ida Lantern" })).data.id;
    await shop.post(`/v1/customers/${known}/messages`, { body: "For Ida alone" });
    const answers = (body: string) => shop.post(`/v1/conversations/${conversation}/messages`, { body });

    // Written, read and typed while it moves: what is on its way is judged as it was before.
    const merging = shop.post("/v1/customers/merges", { source: anonymous, target: known });
    await phone.writes("In the middle of the merge");
    const merge = (await merging).data.id;
    await answers("After the merge");
    await phone.sees("After the merge");
    await phone.writes("Thanks");

    const undoing = shop.post(`/v1/customers/merges/${merge}/undo`, {});
    await phone.writes("In the middle of the undoing");
    await undoing;
    await answers("After the undoing");
    await phone.sees("After the undoing");
    await phone.writes("Bye");

    const bodies = async () => {
      const said = (await shop.get(`/v1/conversations/${conversation}/messages?pageSize=50`)).data;
      return said.map(({ attributes }) => String(attributes.preview)).sort();
    };
    const all = ["After the merge", "After the undoing", "Bye", "First of all"];
    const between = ["In the middle of the merge", "In the middle of the undoing", "Thanks"];
    await expect.poll(bodies, { timeout: WITHIN_MS }).toEqual([...all, ...between]);
    for (const body of ["First of all", "In the middle of the merge", "In the middle of the undoing"])
      await phone.sees(body);
    await gone(phone.panel.getByText("For Ida alone"));
    await gone(phone.panel.getByText(/not sent/i));
    expect(await whose()).toBe("");
    expect(await customerWho(shop, "Bye")).toBe(anonymous);
  },
);
