import { expect, test } from "vitest";
import { reasonAgainst } from "./uploads.ts";

const LIMITS = {
  enabled: true,
  maxBytes: 5_242_880,
  maxTotalBytes: 9_961_472,
  types: ["image/png", "application/zip"],
};
const file = (name: string, size: number, type = "") => ({ name, size, type });

test.each([
  ["at the limit of one file", file("a.png", 5_242_880), 0, null],
  ["a byte over it", file("a.png", 5_242_881), 0, "size"],
  ["at the limit of all", file("a.png", 4_718_592), 5_242_880, null],
  ["a byte over that", file("a.png", 4_718_593), 5_242_880, "size"],
  ["a kind that is not taken", file("a.exe", 9, "application/x-msdownload"), 0, "type"],
  ["a kind that only the ending tells", file("a.ZIP", 9), 0, null],
  ["a kind that the system calls otherwise", file("a.zip", 9, "application/x-zip-compressed"), 0, null],
])("%s", (_, chosen, already, reason) => {
  expect(reasonAgainst(chosen, LIMITS, already)).toBe(reason);
});
