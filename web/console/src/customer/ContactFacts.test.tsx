import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import type { Customer } from "../desk/types.ts";
import { useMerging } from "../merging/merging.ts";
import { ContactFacts } from "./ContactFacts.tsx";

afterEach(() => vi.unstubAllGlobals());

const CUSTOMER: Customer = {
  id: "k1",
  displayName: "Maya",
  name: "Maya",
  emails: [],
  phones: [],
  externalId: null,
  identified: false,
  createdAt: "",
  lastSeenAt: null,
  timeZone: null,
  company: null,
  tags: [],
  watchers: [],
  others: [],
  claims: [],
  custom: {},
  rev: 1,
};

it("does not take what is on record for something the visitor said", () => {
  render(
    <ContactFacts
      customer={{ ...CUSTOMER, emails: [{ email: "maya@shop.example", type: "home", verified: false }] }}
    />,
  );

  expect(screen.getByText("Unverified")).toBeTruthy();
  expect(screen.queryByText("Claimed")).toBeNull();
});

it("shows a proven address as one", () => {
  render(
    <ContactFacts
      customer={{ ...CUSTOMER, emails: [{ email: "maya@shop.example", type: "home", verified: true }] }}
    />,
  );

  expect(screen.getByText("Verified")).toBeTruthy();
  expect(screen.queryByText("Unverified")).toBeNull();
});

it("leads from an address that is another customer's to that one, and to merging the two", async () => {
  const server = new ApiServer();
  const meta = { customer: { id: "k2", displayName: "Ana Lopes" } };
  const error = { status: 409, code: "address_taken", title: "Conflict", meta };
  server.on("PATCH /v1/customers/k1", [409, { errors: [error] }]);
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => desk.customers.set("k1", CUSTOMER));
  render(<ContactFacts customer={CUSTOMER} />);
  fireEvent.click(screen.getByRole("button", { name: "Email or phone" }));
  const field = screen.getByRole("textbox", { name: "Email" });
  fireEvent.change(field, { target: { value: "ana@home.test" } });

  fireEvent.keyDown(field, { key: "Enter" });

  expect((await screen.findByRole("alert")).textContent).toBe("Ana Lopes has it already.");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Email" }).value).toBe("ana@home.test");
  expect(screen.getByRole("link", { name: "Open Ana Lopes" }).getAttribute("href")).toBe("#/customer/k2");
  fireEvent.click(screen.getByRole("button", { name: "Merge… with Ana Lopes" }));
  expect(useMerging.getState().merging).toEqual({ customer: "k1", other: "k2" });
});
