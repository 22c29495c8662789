import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal } from "../../api/testing.ts";
import { ImportsPage } from "./ImportsPage.tsx";

const ONE = "/v1/imports/i1";
const PROGRESS = { done: 0, created: 0, updated: 0, skipped: 0, failed: 0 };
const UNDO = { left: null, removed: 0, reversed: 0, kept: 0, undoableUntil: null };

function anImport(attributes: object) {
  const columns = [
    { name: "Mail", sample: ["ana@example.com"], suggested: "emails" },
    { name: "Who", sample: ["Ana", "Ben"], suggested: null },
  ];
  const all = { name: "old.csv", status: "draft", rows: 3, columns, mapping: null, progress: PROGRESS };
  return [
    200,
    { data: { type: "import", id: "i1", attributes: { ...all, undo: UNDO, ...attributes } } },
  ] as const;
}

function preview(attributes: object) {
  return {
    type: "import_preview",
    id: "2",
    attributes: { row: 2, action: "create", errors: [], ...attributes },
  };
}

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on("GET /v1/imports?page=1&pageSize=25", [200, { data: [], meta: { total: 0 } }]);
  server.on("GET /v1/metadata/customer", [
    200,
    { data: { type: "metadata", id: "customer", attributes: { properties: {} } } },
  ]);
});

afterEach(() => vi.unstubAllGlobals());

it("sends away what is no CSV before anything is uploaded", async () => {
  render(<ImportsPage path={[]} />);
  const drop = await screen.findByRole("region", { name: "CSV file" });

  fireEvent.drop(drop, { dataTransfer: { files: [new File(["x"], "customers.xlsx")] } });
  expect((await within(drop).findByRole("alert")).textContent).toContain("customers.xlsx is no CSV file");
  const large = new File(["x"], "all.csv");
  Object.defineProperty(large, "size", { value: 21 * 1024 * 1024 });
  fireEvent.drop(drop, { dataTransfer: { files: [large] } });

  expect(within(drop).getByRole("alert").textContent).toContain("larger than 20 MB");
});

it("shows what would become of the rows each time that a column becomes something else", async () => {
  server.on(`GET ${ONE}`, anImport({}));
  server.on(`PUT ${ONE}`, anImport({}));
  server.on(`GET ${ONE}/preview`, [
    200,
    {
      data: [
        preview({ customer: { displayName: "Ana", emails: [{ email: "ana@example.com" }] } }),
        preview({ row: 3, action: "error", errors: [{ column: 0, title: "No address." }] }),
      ],
    },
  ]);
  render(<ImportsPage path={["i1"]} />);
  const rows = await screen.findByRole("list", { name: "First rows" });
  expect(rows.textContent).toContain("Mail: No address.");
  expect(screen.getByText("1 new · 1 with an error")).toBeTruthy();

  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Who becomes" }), "Name");

  await waitFor(() =>
    expect(server.bodies(`PUT ${ONE}`).at(-1)).toEqual({
      mapping: { 0: "emails", 1: "name" },
      matchBy: ["email"],
      onMatch: "update",
    }),
  );
});

it("makes an attribute of a column for which there is none, and keeps the file and what was chosen", async () => {
  server.on(`GET ${ONE}`, anImport({}));
  server.on(`PUT ${ONE}`, anImport({}));
  server.on(`GET ${ONE}/preview`, [200, { data: [preview({})] }]);
  server.on("PUT /v1/metadata/customer", ({ body }) => [
    200,
    { data: { type: "metadata", id: "customer", attributes: { ...(body as object), rev: 2 } } },
  ]);
  render(<ImportsPage path={["i1"]} />);

  await userEvent.selectOptions(
    await screen.findByRole("combobox", { name: "Who becomes" }),
    "A new attribute…",
  );
  const sheet = within(screen.getByRole("dialog"));
  expect(sheet.getByLabelText("Name")).toHaveProperty("value", "Who");
  await userEvent.click(sheet.getByRole("button", { name: "Save" }));

  await waitFor(() =>
    expect(server.bodies(`PUT ${ONE}`).at(-1)).toMatchObject({
      mapping: { 0: "emails", 1: "custom.whoStr" },
    }),
  );
  expect(server.bodies("PUT /v1/metadata/customer")).toMatchObject([
    { properties: { whoStr: { displayName: "Who", type: "Str" } } },
  ]);
  expect(screen.getByRole("combobox", { name: "Who becomes" })).toHaveProperty("value", "custom.whoStr");
});

it("does not start while two columns are the one name of a customer", async () => {
  server.on(`GET ${ONE}`, anImport({ mapping: { 0: "emails" }, matchBy: ["email"], onMatch: "update" }));
  server.on(`PUT ${ONE}`, anImport({}));
  server.on(`GET ${ONE}/preview`, [200, { data: [preview({})] }]);
  render(<ImportsPage path={["i1"]} />);
  const start = await screen.findByRole("button", { name: "Import 3 rows" });
  await waitFor(() => expect(start).toHaveProperty("disabled", false));

  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Mail becomes" }), "Name");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Who becomes" }), "Name");

  expect(screen.getAllByText("Another column is this too. A customer has one.")).toHaveLength(2);
  expect(start).toHaveProperty("disabled", true);
});

it("shows how far it is when somebody else has started it meanwhile", async () => {
  server.on(`GET ${ONE}`, anImport({}));
  server.on(`PUT ${ONE}`, () => {
    server.on(`GET ${ONE}`, anImport({ status: "running", progress: { ...PROGRESS, done: 1, created: 1 } }));
    return refusal(409, "import_begun");
  });

  render(<ImportsPage path={["i1"]} />);

  expect(await screen.findByText("1 of 3 rows")).toBeTruthy();
});

it("follows a running import to its end, and lists the rows that failed", async () => {
  server.on(`GET ${ONE}`, anImport({ status: "running", progress: { ...PROGRESS, done: 2, created: 2 } }));
  server.on(`GET ${ONE}/rows?outcome=failed&page=1&pageSize=25`, [
    200,
    {
      data: [
        {
          type: "import_row",
          id: "4",
          attributes: { row: 4, errors: [{ column: 0, title: "No address." }] },
        },
      ],
      meta: { total: 1 },
    },
  ]);
  render(<ImportsPage path={["i1"]} />);
  await screen.findByText("2 of 3 rows");
  expect(screen.getByRole("progressbar", { name: "Progress" })).toBeTruthy();

  const done = { done: 3, created: 2, updated: 0, skipped: 0, failed: 1 };
  const undo = { ...UNDO, undoableUntil: "2026-12-29T10:00:00Z" };
  server.on(`GET ${ONE}`, anImport({ status: "done", progress: done, undo }));

  expect(await screen.findByText("Mail: No address.", {}, { timeout: 4_000 })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Download these rows" }).getAttribute("href")).toBe(
    `${ONE}/errors.csv`,
  );
  expect(screen.queryByRole("progressbar")).toBeNull();
});

it("takes an import back only when that was confirmed", async () => {
  const undo = { ...UNDO, undoableUntil: "2026-12-29T10:00:00Z" };
  const progress = { ...PROGRESS, done: 3, created: 3 };
  server.on(`GET ${ONE}`, anImport({ status: "done", progress, undo }));
  server.on(`POST ${ONE}/undo`, anImport({ status: "undoing", progress, undo: { ...undo, left: 2 } }));
  render(<ImportsPage path={["i1"]} />);
  await userEvent.click(await screen.findByRole("button", { name: "Undo this import" }));
  const sheet = screen.getByRole("dialog");
  expect(server.bodies(`POST ${ONE}/undo`)).toHaveLength(0);

  await userEvent.click(within(sheet).getByRole("button", { name: "Undo this import" }));

  expect(await screen.findByText("1 of 3 rows taken back")).toBeTruthy();
});

function change(attributes: object) {
  return { type: "import_change", id: "2", attributes: { fields: [], errors: [], ...attributes } };
}

it("says before anything happens which customers change, from what to what", async () => {
  const check = { done: 3, create: 1, update: 1, skip: 0, error: 1, isOver: true };
  server.on(`GET ${ONE}`, anImport({ check }));
  server.on(`PUT ${ONE}`, anImport({}));
  server.on(`GET ${ONE}/preview`, [200, { data: [preview({})] }]);
  const fields = [
    { name: "name", before: "A.", after: "Ana" },
    { name: "tags", before: ["old"], after: ["old", "vip"] },
  ];
  server.on(`GET ${ONE}/changes?change=changed&page=1&pageSize=50`, [
    200,
    { data: [change({ row: 7, change: "changed", id: "c1", name: "A.", afterRow: 3, fields })], meta: {} },
  ]);
  const errors = [{ column: 0, title: "No address.", value: "ana@" }];
  server.on(`GET ${ONE}/changes?change=refused&page=1&pageSize=50`, [
    200,
    { data: [change({ row: 40, change: "refused", name: "Ben", errors })], meta: {} },
  ]);
  render(<ImportsPage path={["i1"]} />);

  const whole = await screen.findByRole("region", { name: "The whole file" });
  expect(await within(whole).findByText("1 new · 1 updated · 1 with an error")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Import 2 rows" })).toBeTruthy();
  expect(whole.textContent).toContain("Nothing was changed yet.");
  const changed = within(whole).getByRole("list", { name: "Customers who would be changed" });
  expect((await within(changed).findByRole("link", { name: "A." })).getAttribute("href")).toContain("c1");
  expect(changed.textContent).toBe("Row 7A.NameA.→AnaTags+ vipAfter row 3, which is about the same customer");
  await userEvent.click(within(whole).getByRole("button", { name: "Refused (1)" }));

  expect(await within(whole).findByText("Ben")).toBeTruthy();
  const refused = within(whole).getByRole("list", { name: "Rows that would be refused" });
  expect(refused.textContent).toBe("Row 40BenMail: No address. The file says “ana@”.");
});

it("shows more of what would change, and tries again when that fails", async () => {
  const check = { done: 60, create: 60, update: 0, skip: 0, error: 0, isOver: true };
  server.on(`GET ${ONE}`, anImport({ check, rows: 60 }));
  server.on(`PUT ${ONE}`, anImport({}));
  server.on(`GET ${ONE}/preview`, [200, { data: [preview({})] }]);
  const page = (first: number, count: number) => ({
    data: Array.from({ length: count }, (_, n) =>
      change({ row: first + n, change: "new", name: `Person ${first + n}` }),
    ),
    meta: { total: 60 },
  });
  server.on(`GET ${ONE}/changes?change=new&page=1&pageSize=50`, [200, page(2, 50)]);
  server.on(`GET ${ONE}/changes?change=new&page=2&pageSize=50`, refusal(503, "overloaded"));
  render(<ImportsPage path={["i1"]} />);
  await screen.findByText("Person 51");

  await userEvent.click(screen.getByRole("button", { name: "Show more" }));
  await screen.findByText("The rows could not be loaded.", { exact: false });
  server.on(`GET ${ONE}/changes?change=new&page=2&pageSize=50`, [200, page(52, 10)]);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByText("Person 61")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

it("discards a draft", async () => {
  server.on(`GET ${ONE}`, anImport({}));
  server.on(`PUT ${ONE}`, anImport({}));
  server.on(`GET ${ONE}/preview`, [200, { data: [] }]);
  server.on(`DELETE ${ONE}`, [204, null]);
  render(<ImportsPage path={["i1"]} />);

  await userEvent.click(await screen.findByRole("button", { name: "Discard" }));

  await waitFor(() => expect(server.bodies(`DELETE ${ONE}`)).toHaveLength(1));
  await waitFor(() => expect(location.hash).toContain("settings/imports"));
});

it("opens what was updated, each with its customer", async () => {
  server.on(`GET ${ONE}`, anImport({ status: "done", progress: { ...PROGRESS, done: 1, updated: 1 } }));
  server.on(`GET ${ONE}/rows?outcome=updated&page=1&pageSize=25`, [
    200,
    {
      data: [
        { type: "import_row", id: "2", attributes: { row: 2, name: "Ana", customer: "c1", errors: [] } },
      ],
      meta: { total: 1 },
    },
  ]);
  render(<ImportsPage path={["i1"]} />);

  await userEvent.click(await screen.findByRole("button", { name: "Show Updated" }));

  expect((await screen.findByRole("link", { name: "Ana" })).getAttribute("href")).toContain("c1");
});

it("adds up what was taken back, and keeps the rows that were refused", async () => {
  const progress = { done: 8, created: 3, updated: 4, skipped: 0, failed: 1 };
  const undo = { ...UNDO, removed: 3, reversed: 2 };
  server.on(`GET ${ONE}`, anImport({ status: "undone", progress, undo }));
  server.on(`GET ${ONE}/rows?outcome=failed&page=1&pageSize=25`, [
    200,
    { data: [{ type: "import_row", id: "9", attributes: { row: 9, name: "Zoe", errors: [] } }], meta: {} },
  ]);

  render(<ImportsPage path={["i1"]} />);

  const part = await screen.findByRole("region", { name: "What was taken back" });
  const counts = within(part).getAllByRole("definition");
  expect(counts.map((one) => Number.parseInt(one.textContent ?? "", 10))).toEqual([3, 2, 0, 2]);
  expect(await screen.findByText("Zoe")).toBeTruthy();
});

it("says that what nobody began is gone", async () => {
  render(<ImportsPage path={["i1"]} />);

  expect(await screen.findByText("This import is not there")).toBeTruthy();
});
