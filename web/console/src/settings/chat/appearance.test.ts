import { expect, it } from "vitest";

import { type Appearance, changesOf, domainsFrom, queryNamesFrom } from "./appearance.ts";

const BEFORE: Appearance = {
  enabled: true,
  teamName: "Birch & Burrow",
  teamIconUrl: "",
  greeting: "",
  waitMessage: "",
  accent: "#1f6f5c",
  showTypingIndicatorWeb: true,
  showTypingIndicatorCustomerWeb: true,
  closableChat: true,
  noHistory: false,
  allowedDomains: ["shop.example"],
  keptQuery: [],
  offhoursDisplay: "none",
  offhoursMessage: "",
  businessScheduleId: "",
};

it("sends only what has changed", () => {
  expect(changesOf({ ...BEFORE, accent: "#123456", allowedDomains: ["shop.example"] }, BEFORE)).toEqual({
    accent: "#123456",
  });
});

it.each([
  ["https://Shop.Example/basket\nwww.shop.example", ["shop.example", "www.shop.example"]],
  [" *.shop.example, localhost:3000 ", ["*.shop.example", "localhost:3000"]],
  ["a.example a.example", ["a.example"]],
  ["", []],
])("reads sites from %j", (written, domains) => {
  expect(domainsFrom(written)).toEqual(domains);
});

it.each([
  ["variant\nref", ["variant", "ref"]],
  ["?ref=spring&variant=2", ["ref", "variant"]],
  ["https://shop.example/tents?colour=red#top", ["colour"]],
  ["ref, ref", ["ref"]],
  ["", []],
])("reads names from %j", (written, names) => {
  expect(queryNamesFrom(written)).toEqual(names);
});
