import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../../api/testing.ts";
import { useNavigation } from "../../navigation/navigation.ts";
import { keepDraft } from "./drafts.ts";
import { KlassPage } from "./KlassPage.tsx";
import { NEW_KLASS } from "./klass.ts";

const LIST = "/v1/klasses?page=1&pageSize=100";

/** Each key of a form this long would wait its turn. */
const user = userEvent.setup({ delay: null });

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(`GET ${LIST}`, [200, { data: [], meta: { totalPages: 1 } }]);
});

afterEach(() => {
  keepDraft(NEW_KLASS, null);
  vi.unstubAllGlobals();
});

// By labels and words, not by roles: with every icon on the page those take a second to look through.
async function addAttribute(name: string) {
  await user.click(screen.getByText("Add attribute"));
  const sheet = within(document.querySelector("dialog") as HTMLElement);
  await user.type(sheet.getByLabelText("Name"), name);
  await user.click(sheet.getByText("Save"));
  await waitFor(() => expect(document.querySelector("dialog")).toBeNull());
}

const card = () => within(document.querySelector(".card-preview") as HTMLElement);

it("shows the card while its object is being defined", async () => {
  render(<KlassPage name={null} />);
  await user.type(await screen.findByLabelText("Name of one"), "Repair job");

  await addAttribute("Workshop");
  await addAttribute("Tent");

  expect(card().getByText("Repair job")).toBeTruthy();
  expect(card().getByText("Workshop")).toBeTruthy();
  await user.click(screen.getByLabelText("Tent"));
  expect(card().queryByText("Workshop")).toBeNull();
  expect(screen.getByText(/klasses\/repairJob\/externalId=1042/)).toBeTruthy();
});

it("is saved all at once", async () => {
  server.on("POST /v1/klasses", ({ body }) => resource("klass", "k1", body as object));
  render(<KlassPage name={null} />);
  await user.type(await screen.findByLabelText("Name of one"), "Booking");
  await addAttribute("Nights");

  await user.click(screen.getByText("Save"));

  await waitFor(() =>
    expect(useNavigation.getState().route).toEqual({ screen: "settings", path: ["objects"] }),
  );
  expect(server.bodies("POST /v1/klasses")).toMatchObject([
    {
      name: "booking",
      displayName: "Booking",
      pluralName: "Booking",
      metadata: { properties: { nightsStr: { displayName: "Nights", type: "Str" } } },
      card: { fields: [] },
    },
  ]);
});

it("keeps what was being defined while one looks elsewhere, until it is discarded", async () => {
  const { unmount } = render(<KlassPage name={null} />);
  await user.type(await screen.findByLabelText("Name of one"), "Booking");
  unmount();

  render(<KlassPage name={null} />);

  expect(await screen.findByLabelText("Name of one")).toHaveProperty("value", "Booking");
  await user.click(screen.getByText("Discard the changes"));
  expect(screen.getByLabelText("Name of one")).toHaveProperty("value", "");
});

it("says so when somebody has removed it", async () => {
  render(<KlassPage name="gone" />);

  expect(await screen.findByText("This object is not there")).toBeTruthy();
});

it("says how records are made, and leads to it", async () => {
  render(<KlassPage name={null} />);
  await screen.findByText(/agents make the records/);

  await user.click(screen.getByText("How they are made"));

  expect(document.activeElement?.textContent).toContain("How its records are made");
  expect(screen.getByText("Make a key for your program").getAttribute("href")).toContain("settings/keys");
});
