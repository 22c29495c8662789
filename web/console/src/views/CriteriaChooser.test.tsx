import { configure, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { useDeclarations } from "../attributes/store.ts";
import { emptyDesk } from "../desk/desk.ts";
import { replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import { useSession } from "../session/session.ts";
import { useAskableRead } from "./askable.ts";
import { CriteriaChooser } from "./CriteriaChooser.tsx";
import { asSearch, fromSearch, type Query } from "./criteria.ts";
import { kindIn, useFields } from "./fields.ts";

// Whether each of many options can be seen is not what is asked here, and takes seconds.
configure({ defaultHidden: true });

const ORDER = {
  name: "order",
  displayName: "Order",
  icon: "shopping-bag",
  metadata: {
    properties: {
      paymentStr: {
        displayName: "Payment status",
        type: "Str",
        enumeration: ["paid", "refunded"],
        position: 1,
      },
      totalNum: { displayName: "Total", type: "Num", position: 2 },
      placedAt: { displayName: "Placed", type: "At", position: 3 },
      isGiftBool: { displayName: "Gift", type: "Bool", position: 4 },
      ibanStr: { displayName: "Account", type: "Str", hasSensitiveAttributes: true, position: 5 },
    },
  },
};
const KLASSES = "GET /v1/klasses?page=1&pageSize=100";

function klasses(...all: object[]) {
  const data = all.map((attributes, number) => ({ type: "klass", id: `k${number}`, attributes }));
  return [200, { data, meta: { totalPages: 1 } }] as const;
}

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  replaceDesk(emptyDesk(ME));
  isAdmin(true);
  useAskableRead.setState({ klasses: [], isComplete: false });
  useDeclarations.setState({ of: new Map() });
  server.on(KLASSES, klasses(ORDER));
  for (const owner of ["conversation", "customer", "company", "message"])
    server.on(`GET /v1/metadata/${owner}`, [
      200,
      { data: { type: "metadata", id: owner, attributes: { properties: {} } } },
    ]);
});

function isAdmin(isAdmin: boolean): void {
  useSession.setState({ me: { id: ME, displayName: "Ana", email: "ana@shop.example", isAdmin } });
}

let asked: unknown;

function Chooser({ search }: { search: object }) {
  const fields = useFields("conversation");
  const [query, setQuery] = useState<Query | null>(() => fromSearch(search));
  if (query !== null) asked = asSearch(query, kindIn(fields));
  return <CriteriaChooser query={query} fields={fields} onChange={setQuery} />;
}

async function opened(search: object = {}): Promise<void> {
  render(<Chooser search={search} />);
  await vi.waitFor(() => expect(useAskableRead.getState().isComplete).toBe(true));
}

async function picks(words: string): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name: "Add a condition" }));
  await userEvent.type(screen.getByRole("combobox", { name: "What" }), `${words}{Enter}`);
}

it("asks for one of what an object may be, found by a few letters of it and of its kind", async () => {
  await opened();

  await picks("order pay");
  expect(screen.getByRole("button", { name: "What: Order · Payment status" })).toBeTruthy();
  expect(document.activeElement?.textContent).toBe("paid");
  await userEvent.click(screen.getByRole("button", { name: "refunded" }));

  expect(asked).toEqual({ and: [{ kobject_custom_order_paymentStr: { in: ["refunded"] } }] });
});

it("has a group for each kind of object, by its own name, after those that everybody has", async () => {
  await opened();

  await userEvent.click(screen.getByRole("button", { name: "Add a condition" }));

  const groups = screen.getAllByRole("group").map((group) => group.getAttribute("aria-label"));
  expect(groups).toEqual(["Conversation", "Customer", "Company", "Message", "Order", "Any object"]);
  const order = within(screen.getByRole("group", { name: "Order" }));
  expect(order.getAllByRole("option")).toHaveLength(5);
});

it("finds one of two hundred attributes by a few letters", async () => {
  const properties = Array.from({ length: 200 }, (_, number) => [`fieldNo${number}Str`, { type: "Str" }]);
  const machine = {
    name: "machine",
    displayName: "Machine",
    metadata: { properties: Object.fromEntries(properties) },
  };
  server.on(KLASSES, klasses(ORDER, machine));
  await opened();

  await userEvent.click(screen.getByRole("button", { name: "Add a condition" }));
  expect(screen.getAllByRole("option").length).toBeGreaterThan(200);
  await userEvent.type(screen.getByRole("combobox", { name: "What" }), "no199");

  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["fieldNo199Str"]);
});

it.each([
  ["total", "spinbutton", "12.5", { kobject_custom_order_totalNum: { equals: 12.5 } }],
  ["order gift", "combobox", "Yes", { kobject_custom_order_isGiftBool: { equals: true } }],
  ["placed", "combobox", "7 days", { kobject_custom_order_placedAt: { lt: "-7d" } }],
])("has an editor for the type of %s", async (name, role, value, criterion) => {
  await opened();

  await picks(name);
  const editor = screen.getByRole(role, { name: "Value" });
  if (role === "combobox") await userEvent.selectOptions(editor, value);
  else await userEvent.type(editor, value);

  expect(asked).toMatchObject({ and: [criterion] });
});

it("compares a time with a day as well", async () => {
  await opened();

  await picks("placed");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "How" }), "is after");
  await userEvent.type(screen.getByLabelText("Value"), "2026-11-24");

  expect(asked).toMatchObject({ and: [{ kobject_custom_order_placedAt: { gt: "2026-11-24" } }] });
});

it("says of a day where it is, when it was chosen elsewhere", async () => {
  const zones = vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions");
  zones.mockReturnValue({ ...new Intl.DateTimeFormat().resolvedOptions(), timeZone: "Asia/Tokyo" });
  const written = { and: [{ conversation_created_at: { gt: "2026-11-24" } }] };
  server.on("GET /v1/slas?page=1&pageSize=100", [200, { data: [], meta: { totalPages: 1 } }]);
  const { unmount } = render(<Chooser search={{ ...written, timeZone: "Europe/Lisbon" }} />);

  expect((await screen.findByLabelText("Value")).getAttribute("aria-describedby")).toBe(
    screen.getByText("As days are in Europe/Lisbon").id,
  );
  unmount();
  await opened({ ...written, timeZone: "Asia/Tokyo" });

  expect(screen.queryByText(/As days are/)).toBeNull();
  zones.mockRestore();
});

it("says what is not there any more, and lets one take it away", async () => {
  const gone = { kobject_custom_trip_seatsNum: { gt: 2 } };
  await opened({ and: [gone, { any_text: { contains: "tent" } }] });

  expect(screen.getByText(/not there any more/).textContent).toContain("kobject_custom_trip_seatsNum");
  expect(asked).toMatchObject({ and: [gone, { any_text: { contains: "tent" } }] });
  await userEvent.click(screen.getAllByRole("button", { name: "Remove the condition" })[0] as HTMLElement);

  expect(screen.queryByText(/not there any more/)).toBeNull();
  expect(asked).toEqual({ and: [{ any_text: { contains: "tent" } }] });
});

it.each(["conversation_snooze_time", "customer_address", "note_body", "message_custom_toneStr"])(
  "shows %s by its name, which no form offers and the server knows",
  async (field) => {
    server.on("GET /v1/metadata/message", [
      200,
      {
        data: { type: "metadata", id: "message", attributes: { properties: { toneStr: { type: "Str" } } } },
      },
    ]);
    await opened({ and: [{ [field]: { contains: "tent" } }] });

    expect(screen.getByRole("button", { name: `What: ${field}` })).toBeTruthy();
    expect(screen.queryByText(/not there any more/)).toBeNull();
    expect(asked).toEqual({ and: [{ [field]: { contains: "tent" } }] });
  },
);

it("asks whether a conversation has ended", async () => {
  await opened();

  await picks("ended");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Value" }), "Yes");

  expect(asked).toEqual({ and: [{ conversation_ended: { equals: true } }] });
});

it("marks what is sensitive for administrators, and does not offer it to others", async () => {
  const secret = { and: [{ kobject_custom_order_ibanStr: { equals: "***" } }] };
  isAdmin(false);
  await opened(secret);

  expect(screen.getByText(/Order · Account: only administrators/)).toBeTruthy();
  expect(screen.queryByText("***")).toBeNull();
  await picks("account");
  expect(screen.getByRole("status").textContent).toBe("Nothing matches");
});

it("offers what is sensitive to administrators, marked", async () => {
  await opened();

  await userEvent.click(screen.getByRole("button", { name: "Add a condition" }));
  await userEvent.type(screen.getByRole("combobox", { name: "What" }), "account");

  expect(screen.getByRole("option").textContent).toBe("AccountSensitive");
});
