// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import { loadCustomer } from "../desk/load.ts";
import { currentDesk, replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import { undoLatest, useToasts } from "../toast/toast.ts";
import { edit, seenOf } from "./edits.ts";
import { words } from "./en.ts";

const GET = "GET /v1/customers/k1";
const PATCH = "PATCH /v1/customers/k1";
const maya = (over: object) =>
  resource("customer", "k1", { displayName: "Maya", name: "Maya", rev: 1, ...over });

let server: ApiServer;

beforeEach(async () => {
  server = new ApiServer();
  server.on(GET, maya({ custom: { tierStr: "gold" } }));
  replaceDesk(emptyDesk(ME));
  useToasts.setState({ toasts: [] });
  await loadCustomer("k1");
});

afterEach(() => vi.unstubAllGlobals());

const record = () => currentDesk().customers.get("k1");

it("says which version it changes, and takes what became of it", async () => {
  server.on(PATCH, maya({ custom: { tierStr: "silver" }, rev: 2 }));

  expect(await edit("k1", "custom.tierStr", "silver", "Tier changed")).toEqual({ kind: "written" });

  expect(server.bodies(PATCH)).toEqual([{ custom: { tierStr: "silver" }, rev: 1 }]);
  expect(record()).toMatchObject({ rev: 2, custom: { tierStr: "silver" } });
});

it("can be taken back", async () => {
  server.on(PATCH, maya({ custom: { tierStr: "silver" }, rev: 2 }));
  await edit("k1", "custom.tierStr", "silver", "Tier changed");

  expect(undoLatest()).toBe(true);

  await vi.waitFor(() => expect(server.bodies(PATCH)).toHaveLength(2));
  expect(server.bodies(PATCH)[1]).toEqual({ custom: { tierStr: "gold" }, rev: 2 });
});

it("can be taken back without what a colleague has added to the list meanwhile", async () => {
  server.on(GET, maya({ tags: ["t1"], rev: 2 }));
  await loadCustomer("k1");
  server.on(PATCH, maya({ tags: ["t1", "mine"], rev: 3 }));
  await edit("k1", "tags", ["t1", "mine"], "Tag added");
  server.on(GET, maya({ tags: ["t1", "mine", "theirs"], rev: 4 }));
  await loadCustomer("k1");

  undoLatest();

  await vi.waitFor(() => expect(server.bodies(PATCH)).toHaveLength(2));
  expect(server.bodies(PATCH)[1]).toEqual({ tags: ["t1", "theirs"], rev: 4 });
});

it("is not taken back over what a colleague has written meanwhile, and says so", async () => {
  server.on(PATCH, maya({ custom: { tierStr: "silver" }, rev: 2 }));
  await edit("k1", "custom.tierStr", "silver", "Tier changed");
  server.on(GET, maya({ custom: { tierStr: "bronze" }, rev: 3 }));
  await loadCustomer("k1");

  undoLatest();

  await vi.waitFor(() => expect(useToasts.getState().toasts.at(-1)?.text).toBe(words.changedMeanwhile));
  expect(server.bodies(PATCH)).toHaveLength(1);
});

it("writes nothing over what became something else while the agent was typing, unless it is said again", async () => {
  const seen = seenOf("k1", "custom.tierStr");
  server.on(GET, maya({ custom: { tierStr: "bronze" }, rev: 2 }));
  await loadCustomer("k1");

  const outcome = await edit("k1", "custom.tierStr", "silver", undefined, seen);

  expect(outcome).toEqual({ kind: "conflict", theirs: "bronze" });
  expect(server.bodies(PATCH)).toEqual([]);
  server.on(PATCH, maya({ custom: { tierStr: "silver" }, rev: 3 }));
  expect(await edit("k1", "custom.tierStr", "silver")).toEqual({ kind: "written" });
});

it("joins what was put into a list while the agent was typing", async () => {
  server.on(GET, maya({ tags: ["t1"], rev: 2 }));
  await loadCustomer("k1");
  const seen = seenOf("k1", "tags");
  server.on(GET, maya({ tags: ["t1", "theirs"], rev: 3 }));
  await loadCustomer("k1");
  server.on(PATCH, maya({ tags: ["t1", "theirs", "mine"], rev: 4 }));

  expect(await edit("k1", "tags", ["t1", "mine"], undefined, seen)).toEqual({ kind: "written" });

  expect(server.bodies(PATCH)).toEqual([{ tags: ["t1", "theirs", "mine"], rev: 3 }]);
});

it("is made again when somebody changed something else meanwhile", async () => {
  server.on(PATCH, ({ body }) =>
    (body as { rev: number }).rev === 1
      ? refusal(409, "conflict")
      : maya({ custom: { tierStr: "silver" }, rev: 8 }),
  );
  server.on(GET, maya({ name: "Maya L.", custom: { tierStr: "gold" }, rev: 7 }));

  expect(await edit("k1", "custom.tierStr", "silver")).toEqual({ kind: "written" });

  expect(server.bodies(PATCH)).toEqual([
    { custom: { tierStr: "silver" }, rev: 1 },
    { custom: { tierStr: "silver" }, rev: 7 },
  ]);
});

it("is the agent's to decide when somebody changed the same meanwhile", async () => {
  server.on(PATCH, refusal(409, "conflict"));
  server.on(GET, maya({ custom: { tierStr: "bronze" }, rev: 7 }));

  expect(await edit("k1", "custom.tierStr", "silver")).toEqual({ kind: "conflict", theirs: "bronze" });

  expect(record()?.custom).toEqual({ tierStr: "bronze" });
});

it("is refused once where the value is another customer's, and says whose", async () => {
  const meta = { customer: { id: "k2", displayName: "Ana Lopes" } };
  server.on(PATCH, [409, { errors: [{ status: 409, code: "address_taken", title: "Conflict", meta }] }]);

  const outcome = await edit("k1", "emails", [{ email: "a@b.example", type: "home", verified: false }]);

  expect(outcome).toEqual({
    kind: "refused",
    problem: "Ana Lopes has it already.",
    owner: { id: "k2", name: "Ana Lopes" },
  });
  expect(server.bodies(PATCH)).toHaveLength(1);
});
