import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { CompanyScreen } from "./CompanyScreen.tsx";

const GET = "GET /v1/companies/a1";
const PUT = "PUT /v1/companies/a1";
const ALDER = {
  name: "Alder",
  domains: ["alder.example"],
  urls: [{ url: "https://alder.example/", type: "blog" }],
  emails: [],
  custom: {},
  rev: 3,
};

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(GET, resource("company", "a1", ALDER));
  server.on("GET /v1/metadata/company", resource("metadata", "company", { properties: {} }));
  server.on("GET /v1/companies/a1/customers?page=1&pageSize=25", [200, { data: [], meta: { total: 0 } }]);
});

afterEach(() => vi.unstubAllGlobals());

async function opens(label: string): Promise<HTMLElement> {
  render(<CompanyScreen id="a1" />);
  await userEvent.click(await screen.findByRole("button", { name: new RegExp(`^Edit ${label}`, "u") }));
  return screen.getByRole("textbox", { name: label });
}

it("takes a domain more, one on a line", async () => {
  const domains = [...ALDER.domains, "alder.test"];
  server.on(PUT, resource("company", "a1", { ...ALDER, domains, rev: 4 }));
  const field = await opens("Domains");

  await userEvent.clear(field);
  await userEvent.type(field, "alder.example\nalder.test");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText("alder.example, alder.test")).toBeTruthy();
  expect(server.bodies(PUT)).toEqual([{ domains, rev: 3 }]);
});

it("keeps of which kind a website is when another comes", async () => {
  server.on(PUT, resource("company", "a1", { ...ALDER, rev: 4 }));
  const field = await opens("Website");

  await userEvent.type(field, "{End}\nhttps://alder.test/");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  const urls = [...ALDER.urls, { url: "https://alder.test/", type: "work" }];
  await waitFor(() => expect(server.bodies(PUT)).toEqual([{ urls, rev: 3 }]));
});

it("says beside the field why it was refused, and keeps what was typed", async () => {
  const detail = "Anybody may have an address at gmail.com.";
  server.on(PUT, [400, { errors: [{ status: 400, code: "public_domain", title: "Bad parameter", detail }] }]);
  const field = await opens("Domains");
  await userEvent.clear(field);
  await userEvent.type(field, "gmail.com");

  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect((await screen.findByRole("alert")).textContent).toContain(detail);
  expect(screen.getByRole("textbox", { name: "Domains" })).toHaveProperty("value", "gmail.com");
});

it("is written on top of what somebody else changed meanwhile", async () => {
  server.on(PUT, ({ body }) => {
    if ((body as { rev: number }).rev === 3) return refusal(409);
    return resource("company", "a1", { ...ALDER, name: "Alder & Co", domains: ["theirs.example"], rev: 5 });
  });
  const field = await opens("Name");
  server.on(GET, resource("company", "a1", { ...ALDER, domains: ["theirs.example"], rev: 4 }));
  await userEvent.clear(field);

  await userEvent.type(field, "Alder & Co{Enter}");

  expect(await screen.findByRole("heading", { name: /^Alder & Co/ })).toBeTruthy();
  expect(server.bodies(PUT)).toEqual([
    { name: "Alder & Co", rev: 3 },
    { name: "Alder & Co", rev: 4 },
  ]);
});

it("writes nothing over what somebody else wrote there meanwhile, unless it is said again", async () => {
  server.on(PUT, ({ body }) =>
    (body as { rev: number }).rev === 3
      ? refusal(409)
      : resource("company", "a1", { ...ALDER, name: "Mine", rev: 5 }),
  );
  const field = await opens("Name");
  server.on(GET, resource("company", "a1", { ...ALDER, name: "Theirs", rev: 4 }));
  await userEvent.clear(field);
  await userEvent.type(field, "Mine{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("Somebody changed this meanwhile");
  expect(server.bodies(PUT)).toHaveLength(1);

  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByRole("heading", { name: /^Mine/ })).toBeTruthy();
});
