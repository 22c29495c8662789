import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../../api/testing.ts";
import { useNavigation } from "../../navigation/navigation.ts";
import { KlassPage } from "./KlassPage.tsx";

const LIST = "/v1/klasses?page=1&pageSize=100";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(`GET ${LIST}`, [200, { data: [], meta: { totalPages: 1 } }]);
});

afterEach(() => vi.unstubAllGlobals());

async function addAttribute(name: string, kind: RegExp) {
  await userEvent.click(screen.getByRole("button", { name: "Add attribute" }));
  const sheet = within(screen.getByRole("dialog"));
  await userEvent.type(sheet.getByRole("textbox", { name: "Name" }), name);
  await userEvent.click(sheet.getByRole("radio", { name: kind }));
  await userEvent.click(sheet.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
}

it("shows the card while its object is being defined, and saves all of it at once", async () => {
  server.on("POST /v1/klasses", ({ body }) => resource("klass", "k1", body as object));
  render(<KlassPage name={null} />);
  await userEvent.type(await screen.findByRole("textbox", { name: "Name of one" }), "Repair job");

  await addAttribute("Workshop", /^Short text/);
  await addAttribute("Promised for", /^Date/);
  const card = within(screen.getByRole("article", { name: /^Repair job/ }));
  expect(card.getByText("Workshop")).toBeTruthy();
  expect(card.getByText("Promised for")).toBeTruthy();
  await userEvent.click(screen.getByRole("checkbox", { name: "Promised for" }));
  expect(card.queryByText("Workshop")).toBeNull();
  expect(screen.getByText(/klasses\/repairJob\/externalId=1042/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() =>
    expect(useNavigation.getState().route).toEqual({ screen: "settings", path: ["objects"] }),
  );
  expect(server.bodies("POST /v1/klasses")).toMatchObject([
    {
      name: "repairJob",
      displayName: "Repair job",
      pluralName: "Repair job",
      metadata: { properties: { workshopStr: { type: "Str" }, promisedForAt: { type: "At" } } },
      card: { fields: ["promisedForAt"] },
    },
  ]);
});

it("says so when somebody has removed it", async () => {
  render(<KlassPage name="gone" />);

  expect(await screen.findByText("This object is not there")).toBeTruthy();
});
