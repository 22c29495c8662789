import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { keepDeclared } from "../attributes/store.ts";
import { emptyDesk } from "../desk/desk.ts";
import { loadCustomer } from "../desk/load.ts";
import { replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import { Attributes } from "./Attributes.tsx";
import { useCustomer } from "./edits.ts";

const PATCH = "PATCH /v1/customers/k1";
const maya = (custom: object, rev = 1) => resource("customer", "k1", { displayName: "Maya", custom, rev });

let server: ApiServer;

beforeEach(async () => {
  server = new ApiServer();
  server.on("GET /v1/customers/k1", maya({ sizeNum: 42, tierStr: "gold", secretStr: { isMasked: true } }));
  replaceDesk(emptyDesk(ME));
  const properties = {
    sizeNum: { displayName: "Size", type: "Num" },
    tierStr: { displayName: "Tier", type: "Str", enumeration: ["gold", "silver"] },
    secretStr: { displayName: "Secret", type: "Str" },
  };
  server.on("GET /v1/metadata/customer", resource("metadata", "customer", { properties }));
  keepDeclared("customer", { type: "metadata", id: "customer", attributes: { properties } });
  await loadCustomer("k1");
});

afterEach(() => vi.unstubAllGlobals());

function Pane() {
  const customer = useCustomer("k1");
  return customer === undefined ? null : <Attributes customer={customer} />;
}

async function types(keys: string): Promise<void> {
  const field = await screen.findByRole("textbox", { name: "Size" });
  await userEvent.clear(field);
  await userEvent.type(field, keys);
}

it("changes where it stands, with Enter", async () => {
  server.on(PATCH, maya({ sizeNum: 43 }, 2));
  render(<Pane />);

  await userEvent.click(screen.getByRole("button", { name: "Edit Size: 42" }));
  await types("43{Enter}");

  await screen.findByRole("button", { name: "Edit Size: 43" });
  expect(server.bodies(PATCH)).toEqual([{ custom: { sizeNum: 43 }, rev: 1 }]);
});

it("has an attribute that was declared since as soon as the record holds a value of it", async () => {
  render(<Pane />);
  const properties = {
    sizeNum: { displayName: "Size", type: "Num" },
    petStr: { displayName: "Pet", type: "Str" },
  };
  server.on("GET /v1/metadata/customer", resource("metadata", "customer", { properties }));
  server.on("GET /v1/customers/k1", maya({ sizeNum: 42, petStr: "a heron" }, 2));

  await loadCustomer("k1");

  expect(await screen.findByRole("button", { name: "Edit Pet: a heron" })).toBeTruthy();
});

it("stays as it was with Escape", async () => {
  render(<Pane />);

  await userEvent.click(screen.getByRole("button", { name: "Edit Size: 42" }));
  await types("43{Escape}");

  await screen.findByRole("button", { name: "Edit Size: 42" });
  expect(server.bodies(PATCH)).toEqual([]);
});

it("opens again with what was typed, and why it was not taken", async () => {
  server.on(PATCH, refusal(400, "Too big"));
  render(<Pane />);

  await userEvent.click(screen.getByRole("button", { name: "Edit Size: 42" }));
  await types("9000{Enter}");

  expect((await screen.findByRole("alert")).textContent).toBe("Too big");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Size" }).value).toBe("9000");
});

it("keeps what was there where a number is none", async () => {
  render(<Pane />);

  await userEvent.click(screen.getByRole("button", { name: "Edit Size: 42" }));
  await types("forty{Enter}");

  expect((await screen.findByRole("alert")).textContent).toBe("A number, such as 12.5");
  expect(server.bodies(PATCH)).toEqual([]);
});

it("is picked from a list where it is one of a few", async () => {
  server.on(PATCH, maya({ tierStr: "silver" }, 2));
  render(<Pane />);

  await userEvent.click(screen.getByRole("button", { name: "Edit Tier: gold" }));
  await userEvent.type(await screen.findByRole("combobox", { name: "Tier" }), "sil{Enter}");

  await screen.findByRole("button", { name: "Edit Tier: silver" });
});

it("is no field where only administrators may see it", () => {
  render(<Pane />);

  expect(screen.queryByRole("button", { name: /Secret/u })).toBeNull();
  expect(screen.getByText("There is a value that only administrators see")).toBeTruthy();
});
