import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { aLiveCustomer, ME, told } from "../desk/testing.ts";
import { followInbox, leaveInbox } from "../live/inbox-topic.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { useNavigation } from "../navigation/navigation.ts";
import { CompanyScreen } from "./CompanyScreen.tsx";

const customer = (id: string, displayName: string) => ({ type: "customer", id, attributes: { displayName } });

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(
    "GET /v1/companies/a1",
    resource("company", "a1", {
      name: "Alder",
      domains: ["alder.example"],
      custom: { tierStr: "Gold", sinceAt: null },
    }),
  );
  server.on(
    "GET /v1/metadata/company",
    resource("metadata", "company", { properties: { tierStr: { displayName: "Contract", type: "Str" } } }),
  );
  server.on("GET /v1/companies/a1/customers?page=1&pageSize=25", [
    200,
    { data: [customer("k1", "Maya")], meta: { total: 2 } },
  ]);
});

afterEach(() => vi.unstubAllGlobals());

it("shows what is known of it, and its customers a page at a time", async () => {
  server.on("GET /v1/companies/a1/customers?page=2&pageSize=25", [
    200,
    { data: [customer("k2", "Noor")], meta: { total: 2 } },
  ]);
  render(<CompanyScreen id="a1" />);
  expect(await screen.findByRole("heading", { name: "Alder" })).toBeTruthy();
  expect(screen.getByText("alder.example")).toBeTruthy();
  expect(screen.getByText("Contract").closest("div")?.textContent).toContain("Gold");

  await userEvent.click(await screen.findByRole("button", { name: "Show more" }));

  expect(await screen.findByRole("button", { name: /Noor/ })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

it("leads to a customer of it", async () => {
  server.on("GET /v1/customers/k1/conversations?page=1&pageSize=1", [200, { data: [] }]);
  render(<CompanyScreen id="a1" />);

  await userEvent.click(await screen.findByRole("button", { name: /Maya/ }));

  await vi.waitFor(() => expect(useNavigation.getState().route).toEqual({ screen: "customer", id: "k1" }));
});

it("says when it is gone, and when it could not be had", async () => {
  const { unmount } = render(<CompanyScreen id="a2" />);
  expect(await screen.findByText("This company is not there")).toBeTruthy();
  unmount();
  server.on("GET /v1/companies/a1", refusal(503, "Busy"));

  render(<CompanyScreen id="a1" />);

  expect((await screen.findByRole("alert")).textContent).toContain("Busy");
});

it("shows a customer as soon as they are made with it", async () => {
  const nothing = { data: [], meta: { totalPages: 1 } };
  server.on(`GET /v1/conversations?status=open&assignedUser=${ME}&sort=-lastActivityAt&page=1&pageSize=50`, [
    200,
    nothing,
  ]);
  server.on("GET /v1/routing/statuses?page=1&pageSize=100", [200, nothing]);
  server.on("GET /v1/conversations/counts", [200, { data: { type: "counts", id: "o", attributes: {} } }]);
  const live = new LiveServer();
  await live.connects();
  await followInbox(ME);
  render(<CompanyScreen id="a1" />);
  await screen.findByRole("button", { name: /Maya/ });
  server.on("GET /v1/companies/a1/customers?page=1&pageSize=25", [
    200,
    { data: [customer("k3", "Ola"), customer("k1", "Maya")], meta: { total: 2 } },
  ]);

  const event = told("customer.created", { customer: aLiveCustomer({ id: "k3", company: "a1" }) });
  live.says({ op: "event", topic: "inbox", position: 11, event });

  expect(await screen.findByRole("button", { name: /Ola/ })).toBeTruthy();
  leaveInbox();
  disconnect();
});
