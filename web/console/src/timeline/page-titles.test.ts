import { describe, expect, it } from "vitest";

import { pathOf, shortTitleOf, titleOf } from "./page-titles.ts";

const page = (title: string, url = "https://shop.example/a") => ({
  title,
  url,
  at: "2026-11-24T10:00:00.000Z",
});

describe("page titles", () => {
  it("leaves out the site's name when every page carries it", () => {
    const pages = [page("Tents · Acme"), page("Lofoten 2 · Tents · Acme"), page("Acme")];
    expect(pages.map((one) => shortTitleOf(one, pages))).toEqual(["Tents", "Lofoten 2 · Tents", "Acme"]);
  });

  it("keeps a title when others end otherwise, or there are none", () => {
    expect(shortTitleOf(page("Tents | Acme"), [page("Tents | Acme")])).toBe("Tents | Acme");
    expect(shortTitleOf(page("Tents | Acme"), [page("Tents | Acme"), page("Checkout")])).toBe("Tents | Acme");
    expect(shortTitleOf(page("Pack-in"), [page("Pack-in"), page("in")])).toBe("Pack-in");
  });

  it("falls back to the path", () => {
    expect(titleOf(page("  ", "https://shop.example/basket?x=1"))).toBe("/basket");
    expect(pathOf("nonsense")).toBe("nonsense");
  });
});
