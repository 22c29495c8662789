import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../../api/testing.ts";
import { countries } from "./countries.ts";
import { RecordsPage } from "./RecordsPage.tsx";

const COMPANIES = "/v1/companies/settings";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on("GET /v1/customers/settings", resource("customer_settings", "o", { phoneRegion: "GB" }));
  server.on(`GET ${COMPANIES}`, resource("company_settings", "o", { joinByDomain: false }));
});

afterEach(() => vi.unstubAllGlobals());

it("saves a choice as soon as it is made", async () => {
  server.on(`PUT ${COMPANIES}`, resource("company_settings", "o", { joinByDomain: true }));
  render(<RecordsPage />);

  await userEvent.click(await screen.findByRole("checkbox"));

  await waitFor(() => expect(server.bodies(`PUT ${COMPANIES}`)).toEqual([{ joinByDomain: true }]));
  expect(screen.getByRole("checkbox")).toHaveProperty("checked", true);
});

it("shows what is so when a choice was refused", async () => {
  server.on(`PUT ${COMPANIES}`, refusal(403));
  render(<RecordsPage />);

  await userEvent.click(await screen.findByRole("checkbox"));

  await waitFor(() => expect(screen.getByRole("checkbox")).toHaveProperty("checked", false));
  expect(server.bodies(`PUT ${COMPANIES}`)).toHaveLength(1);
});

it("names every country in the reader's language", () => {
  expect(countries("en")).toContainEqual(["GB", "United Kingdom"]);
  expect(countries("de")).toContainEqual(["DE", "Deutschland"]);
  expect(new Set(countries("en").map(([code]) => code)).size).toBe(countries("en").length);
});
