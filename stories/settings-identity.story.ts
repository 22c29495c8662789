import { createHmac } from "node:crypto";
import { expect } from "vitest";
import { makeAdministrator } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

/** As the shop's server signs. */
function signed(secret: string, claims: object): string {
  const encode = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const words = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${words}.${createHmac("sha256", secret).update(words).digest("base64url")}`;
}

story(
  "an administrator learns why a token is refused, and changes the secret without a gap",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const { page } = await people.agent("ana");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Settings: Identity");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Show/ }).click();
    const secret = await page.locator(".secret-value code").innerText();
    const token = page.getByRole("textbox", { name: "Token" });
    const check = page.getByRole("button", { name: "Check" });

    await token.fill(signed(secret, { email: "maya@example.com" }));
    await check.click();
    await visible(page.getByText("The chat refuses this token"));
    await visible(page.getByText("iat_missing"));
    expect(await violations(page)).toEqual([]);
    const good = signed(secret, { email: "maya@example.com", iat: Math.floor(Date.now() / 1_000) });
    await token.fill(good);
    await check.click();
    await visible(page.getByText("The chat takes this token"));

    await page.getByRole("button", { name: "Make a new secret" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Make a new secret" }).click();
    await visible(page.getByText(/^ends /));
    await check.click();
    await visible(page.getByText("The chat takes this token"));
    await page.getByRole("button", { name: /^End the secret/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End now" }).click();
    await visible(page.getByText("The secret has ended"));
    await check.click();
    await visible(page.getByText("The chat refuses this token"));
  },
);
