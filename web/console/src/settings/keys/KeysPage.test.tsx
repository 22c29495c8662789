import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../../api/testing.ts";
import { KeysPage } from "./KeysPage.tsx";

const LIST = "GET /v1/auth/api-keys?page=1&pageSize=100";
const SHOP = {
  type: "api_key",
  id: "k1",
  attributes: { name: "Our shop", roles: ["org.user"], lastFour: "9f2c", createdAt: "2026-01-01T00:00:00Z" },
};

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(LIST, [200, { data: [SHOP] }]);
});

afterEach(() => vi.unstubAllGlobals());

it("shows a new key once, and keeps it on screen until somebody has it", async () => {
  server.on("POST /v1/auth/api-keys", resource("api_key", "k2", { apiKey: "kdk_whole" }));
  render(<KeysPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Make a key" }));
  await userEvent.type(screen.getByRole("textbox", { name: "What is it for" }), "Accounts");
  await userEvent.type(screen.getByRole("textbox", { name: "Only from these networks" }), "203.0.113.0/24");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Good for" }), "For ever");

  await userEvent.click(screen.getByRole("button", { name: "Make the key" }));

  expect(await screen.findByText("kdk_whole")).toBeTruthy();
  expect(server.bodies("POST /v1/auth/api-keys")).toEqual([
    { name: "Accounts", roles: ["agent"], networks: ["203.0.113.0/24"] },
  ]);
  await userEvent.keyboard("{Escape}");
  expect(screen.getByText("kdk_whole")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "I have it" }));
  expect(screen.queryByText("kdk_whole")).toBeNull();
});

it("asks before it shuts a program out", async () => {
  server.on("DELETE /v1/auth/api-keys/k1", [204]);
  render(<KeysPage />);

  await userEvent.click(await screen.findByRole("button", { name: "Revoke Our shop" }));
  expect(server.bodies("DELETE /v1/auth/api-keys/k1")).toHaveLength(0);
  server.on(LIST, [200, { data: [] }]);
  await userEvent.click(screen.getByRole("button", { name: "Revoke" }));

  await waitFor(() => expect(screen.getByText("No program has a key")).toBeTruthy());
  expect(server.bodies("DELETE /v1/auth/api-keys/k1")).toHaveLength(1);
});
