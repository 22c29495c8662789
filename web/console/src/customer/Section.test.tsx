import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { NamedFacts } from "./Section.tsx";

it("names attributes in words, without the type that Kustomer writes at their end", () => {
  const names = [
    "ordersNum",
    "loyaltyTierStr",
    "signedUpAt",
    "isVipBool",
    "shopUrl",
    "aboutTxt",
    "Num",
    "hat",
    "order2Num",
  ];
  render(<NamedFacts title="Attributes" facts={names.map((name) => [name, "1"] as const)} />);

  expect(screen.getAllByRole("term").map(({ textContent }) => textContent)).toEqual([
    "Orders",
    "Loyalty tier",
    "Signed up",
    "Is vip",
    "Shop",
    "About",
    "Num",
    "Hat",
    "Order2",
  ]);
});
