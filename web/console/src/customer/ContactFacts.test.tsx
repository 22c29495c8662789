import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { Customer } from "../desk/types.ts";
import { ContactFacts } from "./ContactFacts.tsx";

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
