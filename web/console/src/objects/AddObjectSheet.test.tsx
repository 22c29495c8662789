import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { keepDeclared } from "../attributes/store.ts";
import { useSession } from "../session/session.ts";
import { undoLatest, useToasts } from "../toast/toast.ts";
import { AddObjectSheet } from "./AddObjectSheet.tsx";
import { useKlasses } from "./klasses.ts";
import { linkOf } from "./links.ts";
import { klassFromResource } from "./reading.ts";
import { startAdding } from "./sheet.ts";

const CREATE = "POST /v1/customers/k1/klasses/warranty";
const LINK = "PUT /v1/conversations/c1/kobjects/w1";
const PROPERTIES = {
  serialStr: { displayName: "Serial number", type: "Str", required: true },
  yearsNum: { displayName: "Years", type: "Num", default: 2 },
  paidBool: { displayName: "Paid", type: "Bool" },
  partsStr: { displayName: "Parts", type: "Str", array: true, enumeration: ["lid", "hinge"] },
  pinStr: { displayName: "Pin", type: "Str", hasSensitiveAttributes: true },
};

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(CREATE, [201, { data: { type: "kobject.warranty", id: "w1", attributes: {} } }]);
  server.on(LINK, resource("conversation", "c1", {}));
  server.on("GET /v1/metadata/warranty", resource("metadata", "warranty", { properties: PROPERTIES }));
  keepDeclared("warranty", { type: "metadata", id: "warranty", attributes: { properties: PROPERTIES } });
  useSession.setState({ me: { id: "a1", displayName: "Ana", email: "ana@shop.example", isAdmin: false } });
  useToasts.setState({ toasts: [] });
  knowsKlasses("warranty");
});

afterEach(() => vi.unstubAllGlobals());

function knowsKlasses(...names: readonly string[]): void {
  const klasses = names.map((name) => {
    const attributes = {
      name,
      displayName: name === "warranty" ? "Warranty" : "Booking",
      status: "enabled",
      mixins: ["creatable", "editable"],
      card: { fields: [], title: "serialStr" },
    };
    return klassFromResource({ type: "klass", id: name, attributes });
  });
  useKlasses.setState({ klasses: new Map(klasses.map((klass) => [klass.name, klass])) });
}

function opens(conversation: string | null = "c1") {
  const close = vi.fn();
  startAdding({ customer: "k1", conversation });
  render(<AddObjectSheet anchor={null} onClose={close} />);
  return close;
}

const add = () => userEvent.click(screen.getByRole("button", { name: "Add warranty" }));

it("makes the record of the customer, and puts it to the conversation", async () => {
  const close = opens();
  await userEvent.type(screen.getByLabelText(/Serial number/u), " A-1 ");
  await userEvent.selectOptions(screen.getByLabelText("Paid"), "Yes");
  await userEvent.click(screen.getByLabelText("hinge"));

  await add();

  await waitFor(() => expect(linkOf("w1")).toBe("c1"));
  expect(close).toHaveBeenCalled();
  expect(server.bodies(CREATE)).toEqual([
    { custom: { serialStr: "A-1", yearsNum: 2, paidBool: true, partsStr: ["hinge"] } },
  ]);
});

it("can be taken back", async () => {
  server.on("DELETE /v1/klasses/warranty/w1", [204]);
  opens(null);
  await userEvent.type(screen.getByLabelText(/Serial number/u), "A-1");
  await add();
  await waitFor(() =>
    expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(["Warranty added"]),
  );

  undoLatest();

  await waitFor(() => expect(server.bodies("DELETE /v1/klasses/warranty/w1")).toHaveLength(1));
  expect(server.bodies(LINK)).toEqual([]);
});

it("asks for what is required, and offers no field that this agent may not read", async () => {
  opens();

  await add();

  expect(screen.getByText("This is required.")).toBeTruthy();
  expect(screen.queryByLabelText("Pin")).toBeNull();
  expect(server.bodies(CREATE)).toEqual([]);
});

it("keeps what was typed when nobody answers, and is the same record when it is sent again", async () => {
  const keys: (string | undefined)[] = [];
  vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
    keys.push((init.headers as Record<string, string>)["Idempotency-Key"]);
    return Promise.reject(new TypeError("Failed to fetch"));
  });
  opens(null);
  await userEvent.type(screen.getByLabelText(/Serial number/u), "A-1");

  await add();
  expect((await screen.findByRole("alert")).textContent).toContain("did not answer");
  await add();

  await waitFor(() => expect(keys).toHaveLength(2));
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
  expect(screen.getByLabelText(/Serial number/u)).toHaveProperty("value", "A-1");
});

it("says so when it could not be put to the conversation: the record is there", async () => {
  server.on(LINK, refusal(409, "of_another_customer"));
  opens();
  await userEvent.type(screen.getByLabelText(/Serial number/u), "A-1");

  await add();

  await waitFor(() =>
    expect(useToasts.getState().toasts.map(({ tone }) => tone)).toEqual(["plain", "problem"]),
  );
});

it("asks first of which kind, where there are several", async () => {
  knowsKlasses("warranty", "booking");
  opens();

  await userEvent.type(await screen.findByRole("combobox"), "warr{Enter}");

  expect(await screen.findByLabelText(/Serial number/u)).toBeTruthy();
});
