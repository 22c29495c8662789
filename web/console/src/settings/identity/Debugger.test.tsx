import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../../api/testing.ts";
import { Debugger } from "./Debugger.tsx";
import { partsOf } from "./identity.ts";

const PATH = "/v1/auth/customer/debug";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
});

afterEach(() => vi.unstubAllGlobals());

async function check(token: string) {
  render(<Debugger />);
  await userEvent.type(screen.getByRole("textbox", { name: "Token" }), token);
  await userEvent.click(screen.getByRole("button", { name: "Check" }));
}

it("says in words why a token is refused, with what is in it", async () => {
  server.on(
    `POST ${PATH}`,
    resource("identity_verdict", "1", {
      accepted: false,
      reason: "iat_missing",
      explanation: "`iat` is missing: the second at which the token was signed.",
      header: { alg: "HS256" },
      claims: { email: "maya@example.com" },
      ignored: [],
    }),
  );

  await check(" a.b.c ");

  expect(await screen.findByText("The chat refuses this token")).toBeTruthy();
  expect(screen.getByText("iat").tagName).toBe("CODE");
  expect(screen.getByText(/"email": "maya@example.com"/)).toBeTruthy();
  expect(server.bodies(`POST ${PATH}`)).toEqual([{ token: "a.b.c" }]);
});

it("says who a good one logs in, and what it passes over", async () => {
  server.on(
    `POST ${PATH}`,
    resource("identity_verdict", "1", {
      accepted: true,
      reason: null,
      explanation: "The chat takes this token.",
      identity: { by: "email", value: "maya@example.com" },
      customer: "6b0629d7010000004ef0ac39",
      attributes: { membershipStr: "Gold" },
      ignored: [{ name: "externalId", why: "There is an `email` beside it, and that counts." }],
    }),
  );

  await check("a.b.c");

  expect(await screen.findByText("The chat takes this token")).toBeTruthy();
  const known = screen.getByRole("link", { name: "A customer you have" });
  expect(known.getAttribute("href")).toContain("6b0629d7010000004ef0ac39");
  expect(screen.getByText(/beside it, and that counts/).textContent).not.toContain("`");
});

it("forgets the verdict when the token becomes another", async () => {
  server.on(`POST ${PATH}`, resource("identity_verdict", "1", { accepted: true }));
  await check("a.b.c");
  await screen.findByText("The chat takes this token");

  await userEvent.type(screen.getByRole("textbox", { name: "Token" }), "d");

  expect(screen.queryByText("The chat takes this token")).toBeNull();
});

it("says what went wrong when there is no verdict", async () => {
  server.on(`POST ${PATH}`, refusal(403, "Forbidden"));

  await check("a.b.c");

  expect(await screen.findByText("Forbidden")).toBeTruthy();
});

it("reads `code` in an explanation as code", () => {
  expect(partsOf("`iat` is missing")).toEqual([
    { text: "iat", isCode: true },
    { text: " is missing", isCode: false },
  ]);
});
