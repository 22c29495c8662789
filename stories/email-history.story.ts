import { expect } from "vitest";

import { Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const LAST_YEAR = 372 * 24 * 60 * 60 * 1000;

story(
  "an email of last year that a program recorded is on the customer's timeline, is found, and says why no reply goes out",
  async ({ server, agent }) => {
    const shop = await Program.of(server);
    const { customer, conversation } = await recordsEmails(shop);
    const { page } = agent;

    await page.goto(`${server.url}/#/inbox/done/${conversation}`);
    const timeline = page.getByRole("region", { name: /^Conversation with / });
    const email = timeline.getByRole("article", { name: "Email: Flying with a stove", exact: true });
    await visible(email.getByText("May it come on a plane?"));
    await email.getByText("Noor Haddad to The shop").click();
    await visible(email.getByText("noor@haddad.example"));
    await visible(timeline.getByText(String(new Date(Date.now() - LAST_YEAR).getFullYear())));
    expect(await violations(page)).toEqual([]);

    await visible(page.getByText(/Kithdesk sends no email yet/));
    expect(await page.getByRole("button", { name: "Reply", exact: true }).isDisabled()).toBe(true);
    await agent.notes("Answered from the mailbox.");
    await visible(timeline.getByText("Answered from the mailbox."));

    await page.getByRole("button", { name: "Filter and search the timeline" }).click();
    const search = page.getByRole("search");
    await search.getByRole("combobox").selectOption("Emails");
    await visible(email);
    await gone(timeline.getByText("Answered from the mailbox."));
    await search.getByRole("searchbox").fill("noor@haddad");
    await visible(search.getByText("2 matches"));

    await page.goto(`${server.url}/#/search/all/stove`);
    await visible(page.getByText(/Flying with a stove/));

    await page.goto(`${server.url}/#/customer/${customer}`);
    const whole = page.getByRole("region", { name: "Timeline of Noor Haddad" });
    await visible(whole.getByRole("article", { name: "Email: Re: Flying with a stove" }));
    expect(await violations(page)).toEqual([]);
  },
);

/** Two emails, one each way, as an import tells of them. */
async function recordsEmails(shop: Program) {
  const { data } = await shop.post("/v1/customers", {
    name: "Noor Haddad",
    emails: [{ email: "noor@haddad.example" }],
  });
  const [theirs, ours] = [
    { email: "noor@haddad.example", name: "Noor Haddad" },
    { email: "hello@shop.example", name: "The shop" },
  ];
  const at = (hours: number) => new Date(Date.now() - LAST_YEAR + hours * 3_600_000).toISOString();
  const { data: opened } = await shop.post("/v1/conversations", {
    customer: data.id,
    message: {
      channel: "email",
      direction: "in",
      subject: "Flying with a stove",
      body: "Hello,\n\nMay it come on a plane?\n\nNoor",
      meta: { from: theirs, to: [ours] },
      sentAt: at(0),
      externalId: "mail-1",
    },
  });
  await shop.post(`/v1/conversations/${opened.id}/messages`, {
    subject: "Re: Flying with a stove",
    body: "In checked luggage, clean and dry.",
    meta: { from: ours, to: [theirs] },
    sentAt: at(3),
    externalId: "mail-2",
  });
  await shop.put(`/v1/conversations/${opened.id}`, { status: "done" });
  return { customer: data.id, conversation: opened.id };
}
