import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../../api/testing.ts";
import { undoLatest, useToasts } from "../../toast/toast.ts";
import { AttributesPage } from "./AttributesPage.tsx";

const PATH = "/v1/metadata/customer";
const SIZE = { displayName: "Shoe size", type: "Num", position: 0 };
const LEVEL = { displayName: "Membership", type: "Str", enumeration: ["Silver", "Gold"], position: 1 };

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(
    `GET ${PATH}`,
    resource("metadata", "customer", { properties: { sizeNum: SIZE, levelStr: LEVEL }, rev: 4 }),
  );
});

afterEach(() => {
  useToasts.setState({ toasts: [] });
  vi.unstubAllGlobals();
});

async function open() {
  render(<AttributesPage path={["customer"]} />);
  await screen.findByRole("list", { name: "Attributes of customers" });
}

it("adds an attribute under a name for programs that follows from the one for people", async () => {
  server.on(`PUT ${PATH}`, resource("metadata", "customer", { properties: {} }));
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Add attribute" }));
  const sheet = within(screen.getByRole("dialog"));

  await userEvent.type(sheet.getByRole("textbox", { name: "Name" }), "Favourite colour");
  await userEvent.click(sheet.getByRole("radio", { name: /^Choice One/ }));
  await userEvent.type(sheet.getByRole("textbox", { name: /^Choices/ }), "Red{Enter}Green");
  await userEvent.click(sheet.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(server.bodies(`PUT ${PATH}`)).toMatchObject([
    {
      properties: { favouriteColourStr: { displayName: "Favourite colour", enumeration: ["Red", "Green"] } },
    },
  ]);
});

it("says what is missing, and asks the server nothing", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Add attribute" }));

  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(screen.getByText("Give it a name.")).toBeTruthy();
  expect(server.bodies(`PUT ${PATH}`)).toEqual([]);
});

it("keeps what was written when the server refuses it", async () => {
  server.on(`PUT ${PATH}`, refusal(409, "attribute_is_fixed"));
  await open();
  await userEvent.click(screen.getAllByRole("button", { name: "Edit Membership" })[0] as HTMLElement);
  const name = screen.getByRole("textbox", { name: "Name" });
  await userEvent.clear(name);
  await userEvent.type(name, "Level");

  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("Not saved."));
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveProperty("value", "Level");
});

it("puts them into another order by keyboard, all at once, and keeps the focus", async () => {
  server.on(`PUT ${PATH}?replace=true`, ({ body }) => {
    const { properties } = body as { properties: Record<string, object> };
    const placed = Object.entries(properties).map(([name, one], position) => [name, { ...one, position }]);
    return resource("metadata", "customer", { properties: Object.fromEntries(placed), rev: 5 });
  });
  await open();
  const up = screen.getByRole("button", { name: "Move Membership up" });
  up.focus();

  await userEvent.keyboard("{Enter}");

  await waitFor(() => expect(server.bodies(`PUT ${PATH}?replace=true`)).toHaveLength(1));
  const [sent] = server.bodies(`PUT ${PATH}?replace=true`) as { properties: object }[];
  expect(Object.keys(sent?.properties ?? {})).toEqual(["levelStr", "sizeNum"]);
  expect(screen.getByRole("status").textContent).toBe("Membership is now number 1 of 2");
  expect(document.activeElement).toBe(up);
});

it("orders what it knows and no more: two moves one after the other, each of what the last one left", async () => {
  const answer = server.late(`PUT ${PATH}?replace=true`);
  await open();
  const move = (where: "up" | "down") =>
    userEvent.click(screen.getByRole("button", { name: `Move Membership ${where}` }));
  await move("up");
  await move("down");
  expect(server.bodies(`PUT ${PATH}?replace=true`)).toMatchObject([{ rev: 4 }]);

  answer(resource("metadata", "customer", { properties: { levelStr: LEVEL, sizeNum: SIZE }, rev: 5 }));

  await waitFor(() =>
    expect(server.bodies(`PUT ${PATH}?replace=true`)).toMatchObject([{ rev: 4 }, { rev: 5 }]),
  );
});

it("shows what a colleague has declared meanwhile instead of undoing it", async () => {
  await open();
  server.on(`PUT ${PATH}?replace=true`, refusal(409, "conflict"));
  const theirs = { displayName: "Theirs", type: "Str", position: 2 };
  server.on(
    `GET ${PATH}`,
    resource("metadata", "customer", {
      properties: { sizeNum: SIZE, levelStr: LEVEL, theirsStr: theirs },
      rev: 5,
    }),
  );

  await userEvent.click(screen.getByRole("button", { name: "Move Membership up" }));

  await waitFor(() => expect(screen.getAllByText("Theirs").length).toBeGreaterThan(0));
  expect(useToasts.getState().toasts).toHaveLength(1);
});

it("says what becomes of the values before it removes one, and takes it back", async () => {
  server.on(`PUT ${PATH}`, resource("metadata", "customer", { properties: { sizeNum: SIZE } }));
  await open();
  await userEvent.click(screen.getAllByRole("button", { name: "Edit Membership" })[0] as HTMLElement);
  await userEvent.click(screen.getByRole("button", { name: "Remove" }));
  expect(screen.getByText(/The values are kept out of sight/)).toBeTruthy();

  await userEvent.click(screen.getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(screen.queryByText("Membership")).toBeNull());
  undoLatest();

  await waitFor(() => expect(server.bodies(`PUT ${PATH}`)).toHaveLength(2));
  expect(server.bodies(`PUT ${PATH}`)).toMatchObject([
    { properties: { levelStr: null } },
    { properties: { levelStr: { type: "Str", enumeration: ["Silver", "Gold"] } } },
  ]);
});
