import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal } from "../../api/testing.ts";
import { IntegrationsPage } from "./IntegrationsPage.tsx";

const LIST = "GET /v1/integrations?page=1&pageSize=100";
const DELIVERIES = (page: number) => `GET /v1/integrations/i1/deliveries?page=${page}&pageSize=25`;

let server: ApiServer;

const shop = (attributes: object = {}) => ({
  type: "integration",
  id: "i1",
  attributes: {
    provider: "woocommerce",
    name: "Marten & Moss",
    status: "enabled",
    hookUrl: "https://desk.example/hooks/woocommerce/0123",
    lastDeliveryAt: null,
    unsignedAt: null,
    ...attributes,
  },
});

const delivery = (id: string, outcome: string, detail: string | null = null) => ({
  type: "hook_delivery",
  id,
  attributes: { topic: `order.${id}`, outcome, detail, at: "2026-11-24T10:00:00.000Z" },
});

const page = (data: readonly object[], total = data.length) => [200, { data, meta: { total } }] as const;

beforeEach(() => {
  server = new ApiServer();
  server.on(LIST, page([shop()]));
  server.on(DELIVERIES(1), page([]));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it("tells an administrator that the shop signs with another secret", async () => {
  server.on(LIST, page([shop({ unsignedAt: "2026-11-24T10:00:00.000Z" })]));
  const { unmount } = render(<IntegrationsPage path={[]} />);
  await screen.findByText("Signed with another secret");
  unmount();

  render(<IntegrationsPage path={["i1"]} />);

  await screen.findByText(/this secret did not sign it/);
});

it("says nothing of it any more once something that was signed has come", async () => {
  server.on(
    LIST,
    page([shop({ unsignedAt: "2026-11-24T10:00:00.000Z", lastDeliveryAt: "2026-11-24T10:01:00.000Z" })]),
  );

  render(<IntegrationsPage path={["i1"]} />);

  await screen.findByText("Nothing yet. Save a webhook in your shop, or change an order, and look again.");
  expect(screen.queryByText(/did not sign/)).toBeNull();
});

it("tells what became of each delivery, and what an administrator is asked to do", async () => {
  const asked = "Asks that the customer shopify:191167 be forgotten.";
  const closed = "klass_closed: The klass is closed.";
  server.on(DELIVERIES(1), page([delivery("a", "asked", asked), delivery("b", "refused", closed)]));

  render(<IntegrationsPage path={["i1"]} />);

  const rows = within(await screen.findByRole("table")).getAllByRole("row");
  expect(rows[1]?.textContent).toContain("For you to do");
  expect(rows[1]?.textContent).toContain(asked);
  expect(rows[2]?.textContent).toContain("RefusedThe klass is closed.");
});

it("goes on to earlier deliveries, and asks again where that failed", async () => {
  server.on(
    DELIVERIES(1),
    page(
      Array.from({ length: 25 }, (_, at) => delivery(`n${at}`, "kept")),
      26,
    ),
  );
  server.on(DELIVERIES(2), refusal(503, "overloaded"));
  render(<IntegrationsPage path={["i1"]} />);

  await userEvent.click(await screen.findByRole("button", { name: "Show earlier" }));
  const again = await screen.findByRole("button", { name: "Try again" });
  server.on(DELIVERIES(2), page([delivery("n24", "kept"), delivery("last", "kept")], 26));
  await userEvent.click(again);

  await screen.findByText("order.last");
  expect(screen.getAllByRole("row")).toHaveLength(1 + 26);
  expect(screen.queryByRole("button", { name: "Show earlier" })).toBeNull();
});
