// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { customerAttributes, loadCustomerAttributes } from "../customer/customer-attributes.ts";
import { saveAttribute } from "../settings/attributes/api.ts";
import { NEW_ATTRIBUTE } from "./attribute.ts";
import { keepDeclared, loadDeclared, readDeclarations, useDeclarations } from "./store.ts";

const GET = "GET /v1/metadata/customer";
const MINUTE = 60_000;

let server: ApiServer;
let now = Date.now();

beforeEach(() => {
  server = new ApiServer();
  useDeclarations.setState({ of: new Map() });
  now += 10 * MINUTE;
});

function declared(rev: number, ...names: string[]) {
  const properties = Object.fromEntries(names.map((name) => [name, { displayName: name, type: "Str" }]));
  return resource("metadata", "customer", { properties, rev });
}

const known = () => customerAttributes()?.map(({ name }) => name);

it("reads them once a minute, however many ask", async () => {
  server.on(GET, declared(1, "tierStr"));

  await loadDeclared("customer", now);
  await loadDeclared("customer", now + MINUTE - 1);
  expect(server.bodies(GET)).toHaveLength(1);
  await loadDeclared("customer", now + MINUTE);

  expect(server.bodies(GET)).toHaveLength(2);
  expect(known()).toEqual(["tierStr"]);
});

it("asks again after it was refused", async () => {
  server.on(GET, refusal(503));
  await expect(loadDeclared("customer", now)).rejects.toThrow();
  server.on(GET, declared(1, "tierStr"));

  await loadDeclared("customer", now + 1);

  expect(known()).toEqual(["tierStr"]);
});

it("knows beside a customer what was declared just now, and what a form has read", async () => {
  server.on("PUT /v1/metadata/customer", declared(2, "tierStr", "sizeStr"));
  await saveAttribute("customer", { ...NEW_ATTRIBUTE, name: "sizeStr", displayName: "Size" });
  expect(known()).toEqual(["tierStr", "sizeStr"]);

  server.on(GET, declared(3, "sizeStr"));
  await readDeclarations("customer");

  expect(known()).toEqual(["sizeStr"]);
  await loadCustomerAttributes();
  expect(
    useDeclarations
      .getState()
      .of.get("customer")
      ?.attributes.map(({ name }) => name),
  ).toEqual(known());
});

it("keeps no answer that a newer one has overtaken", () => {
  const { data } = declared(5, "tierStr", "sizeStr")[1] as { data: never };
  keepDeclared("customer", data);
  const older = declared(4, "tierStr")[1] as { data: never };

  expect(keepDeclared("customer", older.data).rev).toBe(4);

  expect(known()).toEqual(["tierStr", "sizeStr"]);
});
