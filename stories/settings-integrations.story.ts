import { createHmac } from "node:crypto";
import { expect } from "vitest";
import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const ORDER = {
  id: 727,
  number: "727",
  status: "processing",
  currency: "GBP",
  total: "148.50",
  date_created_gmt: "2026-05-20T09:00:00",
  date_modified_gmt: "2026-05-20T09:01:00",
  customer_id: 25,
  billing: { first_name: "Ida", last_name: "Berg", email: "ida@lantern.example", country: "GB" },
  line_items: [{ id: 1, name: "Glow-worm lantern", quantity: 2, total: "148.50" }],
};

/** As WooCommerce posts: the signature is over the very bytes. */
async function post(address: string, secret: string, topic: string, body: object): Promise<number> {
  const raw = JSON.stringify(body);
  const answer = await fetch(address, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-WC-Webhook-Topic": topic,
      "X-WC-Webhook-Signature": createHmac("sha256", secret).update(raw).digest("base64"),
    },
    body: raw,
  });
  return answer.status;
}

story(
  "an administrator connects a shop, is told of a secret that does not fit, and sees the first order arrive",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const { page } = await people.agent("ana");
    await page.evaluate(() => {
      location.hash = "#/settings/integrations";
    });
    await visible(page.getByText("No shop is connected"));
    await page.getByRole("button", { name: "Connect a shop" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("combobox", { name: "Shop system" }).selectOption({ label: "WooCommerce" });
    await sheet.getByRole("textbox", { name: "Name" }).fill("Lanterns and more");
    await sheet.getByRole("button", { name: "Make one" }).click();
    const secret = await sheet.getByRole("textbox", { name: "Secret" }).inputValue();
    expect(await violations(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Connect", exact: true }).click();
    await visible(page.getByRole("heading", { name: "Lanterns and more", level: 1 }));
    const address = (await page.getByText(/\/hooks\/woocommerce\//).innerText()).trim();

    expect(await post(address, "another secret", "order.created", ORDER)).toBe(401);
    await page.getByRole("button", { name: "Look again" }).click();
    await visible(page.getByText(/this secret did not sign it/));
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Back" }).click();
    await visible(page.getByText("Signed with another secret"));
    await page.getByRole("link", { name: /Lanterns and more/ }).click();

    expect(await post(address, secret, "order.created", ORDER)).toBe(204);
    await page.getByRole("button", { name: "Look again" }).click();
    await visible(page.getByRole("row", { name: /order\.created Taken/ }));
    await gone(page.getByText(/this secret did not sign it/));
    expect(await violations(page)).toEqual([]);
    const shop = await Program.of(server);
    const { data } = await shop.get("/v1/search?q=Ida%20Berg&types=customer");
    expect(data).toHaveLength(1);
  },
);
