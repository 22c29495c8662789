import type { AgentEvent } from "@kithdesk/api-client";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { useOverlay } from "../app/overlay.ts";
import { keepDeclared } from "../attributes/store.ts";
import { useToasts } from "../toast/toast.ts";
import { useKlasses } from "./klasses.ts";
import { ObjectSheet } from "./ObjectSheet.tsx";
import { klassFromResource } from "./reading.ts";
import { openObject } from "./sheet.ts";
import type { KObject } from "./types.ts";

const listeners = vi.hoisted(
  () => new Set<(customer: string, event: AgentEvent, position: number) => void>(),
);
vi.mock("../timeline/follow.ts", () => ({
  onCustomerEvent: (listener: never) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
}));

const AT = "2026-11-24T10:00:00.000Z";
const RECORD = "/v1/klasses/warranty/w1";
const WARRANTY: KObject = {
  id: "w1",
  klass: "warranty",
  klassName: "Warranty",
  icon: null,
  color: null,
  externalId: null,
  title: "A-1",
  fields: [],
  createdAt: AT,
  updatedAt: AT,
};
const PROPERTIES = {
  serialStr: { displayName: "Serial number", type: "Str", required: true },
  yearsNum: { displayName: "Years", type: "Num" },
  stateStr: { displayName: "State", type: "Str", enumeration: ["new", "used up"] },
  secretStr: { displayName: "Secret", type: "Str", hasSensitiveAttributes: true },
};
const CUSTOM = { serialStr: "A-1", yearsNum: 2, stateStr: "new", secretStr: { isMasked: true } };
const record = (custom: object, more: object = {}) =>
  resource("kobject.warranty", "w1", { title: null, custom, rev: 1, keptBy: null, ...more });

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(`GET ${RECORD}`, record(CUSTOM));
  knowsKlass(["creatable", "editable"]);
  const declared = resource("metadata", "warranty", { properties: PROPERTIES });
  server.on("GET /v1/metadata/warranty", declared);
  keepDeclared("warranty", { type: "metadata", id: "warranty", attributes: { properties: PROPERTIES } });
  useToasts.setState({ toasts: [] });
});

afterEach(() => {
  listeners.clear();
  vi.unstubAllGlobals();
});

function knowsKlass(mixins: readonly string[]): void {
  const attributes = { name: "warranty", displayName: "Warranty", status: "enabled", mixins };
  const klass = klassFromResource({
    type: "klass",
    id: "k",
    attributes: { ...attributes, card: { fields: [], title: "serialStr" } },
  });
  useKlasses.setState({ klasses: new Map([["warranty", klass]]) });
}

async function opens(): Promise<() => void> {
  const close = vi.fn();
  act(() => openObject(WARRANTY));
  render(<ObjectSheet onClose={close} />);
  expect(useOverlay.getState().overlay).toBe("object");
  await screen.findByText(/Warranty A-1/u, { selector: "h2" });
  return close;
}

async function types(label: RegExp, text: string): Promise<void> {
  const field = await screen.findByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
}

const asks = () => screen.getByRole("dialog", { name: "Remove Warranty A-1?" });
const save = () => userEvent.click(screen.getByText("Save"));

it("sends what was changed, with the version that was changed", async () => {
  server.on(`PATCH ${RECORD}`, record({}));
  const close = await opens();
  await types(/Years/u, "3");
  await userEvent.selectOptions(screen.getByLabelText("State"), "used up");

  await save();

  await waitFor(() => expect(close).toHaveBeenCalled());
  expect(server.bodies(`PATCH ${RECORD}`)).toEqual([
    { custom: { yearsNum: 3, stateStr: "used up" }, rev: 1 },
  ]);
  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(["Warranty A-1 changed"]);
});

it("asks for what is required, and for a number where it is one, before it sends anything", async () => {
  await opens();
  await userEvent.clear(await screen.findByLabelText(/Serial number/u));
  await types(/Years/u, "two");

  await save();

  expect(screen.getByText("This is required.")).toBeTruthy();
  expect(screen.getByText("A number, such as 12.5")).toBeTruthy();
  expect(server.bodies(`PATCH ${RECORD}`)).toEqual([]);
});

it("says beside its field what the server refuses, and keeps what was typed", async () => {
  const errors = [
    {
      status: 400,
      code: "badparam",
      title: "Bad parameter",
      detail: "serialStr: at most 1024 characters.",
      source: { parameter: "custom.serialStr" },
    },
  ];
  server.on(`PATCH ${RECORD}`, [400, { errors }]);
  await opens();
  await types(/Serial number/u, "B-2");

  await save();

  expect(await screen.findByText("At most 1024 characters.")).toBeTruthy();
  expect(screen.getByLabelText(/Serial number/u)).toHaveProperty("value", "B-2");
});

it("takes in what a colleague changed elsewhere in it, and writes on top of that", async () => {
  let version = 1;
  server.on(`PATCH ${RECORD}`, ({ body }) => {
    const { rev } = body as { rev: number };
    return rev === 2 ? record({}) : [409, { errors: [{ status: 409, code: "conflict", title: "Conflict" }] }];
  });
  server.on(`GET ${RECORD}`, () =>
    version === 1 ? record(CUSTOM) : record({ ...CUSTOM, stateStr: "used up" }, { rev: 2 }),
  );
  const close = await opens();
  await types(/Years/u, "5");
  version = 2;

  await save();

  await waitFor(() => expect(close).toHaveBeenCalled());
  expect(server.bodies(`PATCH ${RECORD}`).at(-1)).toEqual({ custom: { yearsNum: 5 }, rev: 2 });
});

it("says so where a colleague changed the same, and lets the agent decide", async () => {
  let answer = record(CUSTOM);
  server.on(`GET ${RECORD}`, () => answer);
  server.on(`PATCH ${RECORD}`, record({}));
  await opens();
  await types(/Years/u, "5");
  answer = record({ ...CUSTOM, yearsNum: 9 }, { rev: 2 });

  act(() => {
    const event = {
      kind: "kobject.updated",
      at: AT,
      data: { kobject: { id: "w1" } },
    } as unknown as AgentEvent;
    for (const listener of listeners) listener("k1", event, 2);
  });

  expect(await screen.findByText("Somebody wrote “9” here meanwhile.")).toBeTruthy();
  expect(screen.getByLabelText(/Years/u)).toHaveProperty("value", "5");
  await save();
  expect(server.bodies(`PATCH ${RECORD}`)).toEqual([{ custom: { yearsNum: 5 }, rev: 2 }]);
});

it("shows no field for what only administrators read", async () => {
  await opens();

  expect(await screen.findByText("Only administrators see this")).toBeTruthy();
  expect(screen.queryByLabelText("Secret")).toBeNull();
});

it("takes a record away once one says so, and makes it again on Undo", async () => {
  const custom = { serialStr: "A-1", yearsNum: 2 };
  const attributes = { title: null, custom, tags: ["lamp"], rev: 1, keptBy: null };
  const mine = { type: "kobject.warranty", id: "w1", attributes };
  const customer = { data: { type: "customer", id: "k1" } };
  server.on(`GET ${RECORD}`, [200, { data: { ...mine, relationships: { customer } } }]);
  server.on(`DELETE ${RECORD}`, [204, null]);
  server.on("POST /v1/klasses/warranty", record({}));
  const close = await opens();
  await types(/Years/u, "3");

  await userEvent.click(screen.getByText("Remove"));
  await userEvent.click(within(asks()).getByText("Cancel"));
  expect(screen.getByLabelText(/Years/u)).toHaveProperty("value", "3");
  await userEvent.click(screen.getByText("Remove"));
  await userEvent.click(within(asks()).getByText("Remove"));

  await waitFor(() => expect(close).toHaveBeenCalled());
  const [toast] = useToasts.getState().toasts;
  expect(toast?.text).toBe("Warranty A-1 removed");
  toast?.action?.run();
  await waitFor(() => expect(server.bodies("POST /v1/klasses/warranty")).toHaveLength(1));
  expect(server.bodies("POST /v1/klasses/warranty")[0]).toMatchObject({
    customer: "k1",
    custom: { serialStr: "A-1", yearsNum: 2 },
    tags: ["lamp"],
  });
});

it("offers no way back for what the agent does not see whole", async () => {
  server.on(`DELETE ${RECORD}`, [204, null]);
  await opens();

  await userEvent.click(await screen.findByText("Remove"));
  await userEvent.click(within(asks()).getByText("Remove"));

  await waitFor(() => expect(useToasts.getState().toasts.map(({ action }) => action)).toEqual([null]));
});

it("is read and not written where a shop keeps it, with the reason", async () => {
  server.on(`GET ${RECORD}`, record(CUSTOM, { keptBy: "shop" }));
  await opens();

  expect(await screen.findByText(/Your shop keeps this record/u)).toBeTruthy();
  expect(screen.getByText("A-1")).toBeTruthy();
  expect(screen.queryByText("Save")).toBeNull();
});

it("says when it was removed, and when it could not be read", async () => {
  server.on(`GET ${RECORD}`, [404, { errors: [{ status: 404, code: "notfound", title: "Not Found" }] }]);
  await opens();

  expect((await screen.findByRole("alert")).textContent).toContain("not there any more");
});
