import type { CustomerChanges, SentBy } from "@kithdesk/api-client";
import { describe, expect, it } from "vitest";
import { keepDeclared, useDeclarations } from "../attributes/store.ts";
import { AT, aLiveCustomer, anAgent, told } from "../desk/testing.ts";
import { entryOf } from "./entries.ts";
import { lineWords } from "./line-words.ts";
import type { Line } from "./rows.ts";

const ANA = anAgent("u1", "Ana Lima");
const SHOP: SentBy = { type: "machine", id: "u9", displayName: "Shop" };
const IMPORT: SentBy = { type: "system", id: "u1", displayName: "Ana Lima" };
const MAYA: SentBy = { type: "customer", id: "k1", displayName: "Maya" };
const context = {
  now: AT,
  reader: { locale: "en-GB", timeZone: "UTC" },
  queueName: () => null,
  tagName: () => null,
};

function changed(changes: CustomerChanges, actor?: SentBy, isUndo = false) {
  const data = { customer: "k1", displayName: "Maya", changes, isUndo };
  const entry = entryOf(told("customer.updated", data, actor), 1);
  return entry === null ? null : lineWords(entry as Line, context);
}

describe("a change to the record", () => {
  const name = { before: "Maya", after: "Maya Lindqvist" };

  it.each([
    [ANA, "Ana Lima changed the name"],
    [SHOP, "Shop changed the name"],
    [IMPORT, "An import by Ana Lima changed the name"],
    [MAYA, "Signing in changed the name"],
    [undefined, "Kithdesk changed the name"],
  ])("is drawn whoever made it, from what to what", (actor, text) => {
    expect(changed({ name }, actor)).toEqual({ text, reason: "Maya → Maya Lindqvist" });
  });

  it("says that an import was taken back", () => {
    expect(changed({ name }, IMPORT, true)?.text).toBe("Ana Lima took an import back, and with it the name");
  });

  it("says what an import gave: a company by its name, an address more", () => {
    const changes: CustomerChanges = {
      company: { before: null, after: "64f0" },
      companyName: { before: null, after: "Fjell AS" },
      emails: {
        before: [{ email: "m@x.test" }],
        after: [{ email: "m@x.test" }, { email: "maya@fjell.test" }],
      },
    };
    expect(changed(changes, IMPORT)).toEqual({
      text: "An import by Ana Lima changed the company, email addresses",
      reason: "Fjell AS · maya@fjell.test added",
    });
  });

  it("says a birthday as a day, also where it is told in milliseconds", () => {
    const day = new Date(490_233_600_000).toLocaleDateString(undefined, {
      dateStyle: "medium",
      timeZone: "UTC",
    });
    expect(changed({ birthdayAt: { before: 490_233_600_000, after: null } } as never, IMPORT)?.reason).toBe(
      `${day} removed`,
    );
  });

  it("says which attributes, and not more of them than one reads", () => {
    const after = {
      tierStr: "gold",
      visitsNum: 1200,
      sinceAt: "2026-03-01",
      aStr: "1",
      bStr: "2",
      cStr: "3",
    };
    const said = changed({ custom: { before: { tierStr: "silver" }, after } }, SHOP);
    expect(said?.text).toBe("Shop changed attributes");
    expect(said?.reason).toMatch(
      /^Tier: silver → gold · Visits: 1[,.\s]?200 · Since: .*2026 · A: 1 · and 2 more$/u,
    );
  });

  it("says the values of attributes as they were declared", () => {
    const properties = {
      sinceNum: { displayName: "Customer since", type: "Num", display: "plain" },
      bornDate: { displayName: "Born", type: "Date" },
    };
    keepDeclared("customer", { type: "metadata", id: "customer", attributes: { properties } });

    const said = changed({ custom: { before: {}, after: { sinceNum: 2019, bornDate: "1990-03-04" } } }, SHOP);

    const born = new Date("1990-03-04T12:00:00Z").toLocaleDateString(undefined, { dateStyle: "medium" });
    expect(said?.reason).toBe(`Customer since: 2019 · Born: ${born}`);
    useDeclarations.setState({ of: new Map() });
  });

  it("is not told twice: watchers, claims and signing in have places of their own", () => {
    const watchers = { before: [], after: ["u1"] };
    const claims = { before: {}, after: { name: "Maya" } };
    expect(changed({ watchers, claims, identified: { before: false, after: true } }, MAYA)).toBeNull();
  });
});

describe("the beginning of a record", () => {
  const made = (actor: SentBy | undefined, createdAt = AT) =>
    lineWords(
      entryOf(told("customer.created", { customer: aLiveCustomer({ createdAt }) }, actor), 1) as Line,
      context,
    );

  it("says who added it, and since when they are a customer where that was given", () => {
    expect(made(IMPORT, "2019-03-03T00:00:00.000Z")).toMatchObject({
      text: "An import by Ana Lima added Maya Lindqvist",
      reason: expect.stringContaining("Customer since Sunday"),
    });
    expect(made(SHOP)).toEqual({ text: "Shop added Maya Lindqvist", reason: null });
  });

  it("is the first contact of whoever came by themselves", () => {
    expect(made(MAYA)?.text).toBe("First contact");
  });
});
