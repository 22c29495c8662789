import { describe, expect, it } from "vitest";

import { customerFromResource } from "../desk/reading.ts";
import { isSameName, tellingOf } from "./telling.ts";

const maya = (attributes: object) =>
  customerFromResource({
    type: "customer",
    id: "k",
    attributes: { displayName: "Maya Lindqvist", createdAt: "2026-11-29T10:00:00Z", ...attributes },
  });

describe("two people of one name", () => {
  it("are told apart by the first address that only one has", () => {
    const one = maya({ emails: [{ email: "Maya@home.example" }, { email: "maya@work.example" }] });
    const other = maya({ emails: [{ email: "maya@home.example" }], phones: [{ phone: "+441632960177" }] });

    expect(tellingOf(one, other)).toBe("maya@work.example");
    expect(tellingOf(other, one)).toBe("+441632960177");
  });

  it("are told apart by when they came, when nothing else is known", () => {
    expect(tellingOf(maya({}), maya({}))).toMatch(/^first seen 29 Nov 2026|^first seen Nov 29, 2026/u);
  });

  it("have one name in any spelling of it", () => {
    expect(isSameName("Maya Lindqvist ", "maya lindqvist")).toBe(true);
    expect(isSameName("Maya", "Maja")).toBe(false);
  });
});
