import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { aMessage } from "../desk/testing.ts";
import type { Message } from "../desk/types.ts";
import { EmailText } from "./EmailText.tsx";
import { words } from "./en.ts";

type Email = NonNullable<Message["email"]>;

const MAYA = { email: "maya@example.com", name: "Maya Lindqvist" };
const SHOP = { email: "hello@shop.example", name: null };

function draw(email: Partial<Email> = {}, body = "Dear shop,\n\nmay I fly with it?") {
  const whole = { subject: "Flying", from: MAYA, to: [SHOP], cc: [], bcc: [], ...email };
  render(<EmailText message={aMessage({ channel: "email", body, email: whole })} />);
  return screen.getByRole("article");
}

it("says what it is about and who wrote to whom, and keeps its lines", () => {
  const email = draw();

  expect(email.getAttribute("aria-label")).toBe("Email: Flying");
  expect(within(email).getByText("Maya Lindqvist to hello@shop.example")).toBeTruthy();
  expect(email.querySelector(".email__text")?.textContent).toBe("Dear shop,\n\nmay I fly with it?");
});

it("has every address for whoever wants to know", async () => {
  const email = draw({ cc: [{ email: "tom@example.net", name: null }] });

  await userEvent.click(within(email).getByText("Maya Lindqvist to hello@shop.example, tom@example.net"));

  const texts = (selector: string) => [...email.querySelectorAll(selector)].map((one) => one.textContent);
  expect(texts("dt")).toEqual(["From", "To", "Cc"]);
  expect(texts("dd")).toEqual(["Maya Lindqvist <maya@example.com>", "hello@shop.example", "tom@example.net"]);
});

it("names an address that was written to twice as often, whatever it is called there", () => {
  const problems = vi.spyOn(console, "error");

  const email = draw({ to: [SHOP, { ...SHOP, name: "The shop" }] });

  const to = email.querySelectorAll("dd")[1];
  expect(to?.textContent).toBe("hello@shop.exampleThe shop <hello@shop.example>");
  expect(problems).not.toHaveBeenCalled();
});

it("names the first of many, and says how many more there are", () => {
  const many = Array.from({ length: 5 }, (_, n) => ({ email: `n${n}@example.com`, name: null }));
  draw({ to: many });

  expect(screen.getByText("Maya Lindqvist to n0@example.com, n1@example.com and 3 more")).toBeTruthy();
});

it("is drawn without a subject, without addresses and without a text", () => {
  const email = draw({ subject: null, from: null, to: [] }, "");

  expect(within(email).getByText(words.emailNoSubject)).toBeTruthy();
  expect(email.querySelector("details")).toBeNull();
});
