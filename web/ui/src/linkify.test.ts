import { describe, expect, it } from "vitest";

import { linkify, safeHref } from "./linkify.ts";

const links = (text: string) =>
  linkify(text).flatMap((segment) => (segment.kind === "link" ? [segment] : []));
const hrefs = (text: string) => links(text).map((link) => link.href);

describe("linkify", () => {
  it("leaves plain text as one piece", () => {
    expect(linkify("Where is my parcel?")).toEqual([{ kind: "text", text: "Where is my parcel?" }]);
    expect(linkify("")).toEqual([]);
  });

  it("finds addresses of the web and of people", () => {
    expect(linkify("See https://shop.example/a?b=1#c or write to ana@shop.example, please")).toEqual([
      { kind: "text", text: "See " },
      { kind: "link", text: "https://shop.example/a?b=1#c", href: "https://shop.example/a?b=1#c" },
      { kind: "text", text: " or write to " },
      { kind: "link", text: "ana@shop.example", href: "mailto:ana@shop.example" },
      { kind: "text", text: ", please" },
    ]);
    expect(hrefs("www.shop.example")).toEqual(["https://www.shop.example/"]);
  });

  it("leaves the punctuation of the sentence outside", () => {
    expect(links("(https://a.example/b).")[0]?.text).toBe("https://a.example/b");
    expect(links("https://en.example/wiki/Tent_(gear)")[0]?.text).toBe("https://en.example/wiki/Tent_(gear)");
    expect(links("https://a.example…")[0]?.text).toBe("https://a.example");
    expect(links("Really, ana@shop.example?!")[0]?.text).toBe("ana@shop.example");
  });

  it.each([
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,<b>x</b>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://a.example/",
    "//a.example/x",
    "https://",
    "http://[",
    "https://bank.example@evil.example/",
    "https://user:secret@evil.example/",
    "https://shop.example/\u202egnp.exe",
    "https://sh\u200bop.example/",
    "@ana",
    "a@b",
  ])("never links %j", (text) => {
    expect(links(text)).toEqual([]);
  });

  it("keeps headers out of mail links", () => {
    expect(hrefs("mailto:ana@shop.example?bcc=all@evil.example")).toEqual(["mailto:ana@shop.example"]);
  });

  it("gives back every character in order", () => {
    const texts = [
      "a https://x.example/((( b",
      "שלום https://x.example/שלום. עולם",
      "🏔️ https://x.example/🏔️ 🏔️",
      "<img src=x onerror=alert(1)> https://x.example/<b>",
      "a@b.co,c@d.co;e@f.co",
    ];
    for (const text of texts) {
      expect(
        linkify(text)
          .map((segment) => segment.text)
          .join(""),
      ).toBe(text);
    }
  });

  it("comes to an end on hostile text, which a quadratic reading would not within the time of a test", () => {
    for (const part of ["https://a.example/)", "(", "a@", "www.", "https://", "a.", ")"])
      linkify(part.repeat(8000));
    linkify(`https://a.example/${")".repeat(30000)}`);
  });
});

describe("safeHref", () => {
  it("accepts web and mail addresses only", () => {
    expect(safeHref(" https://shop.example/tents ")).toBe("https://shop.example/tents");
    expect(safeHref("javascript:alert(1)")).toBeNull();
    expect(safeHref("/relative")).toBeNull();
  });
});
