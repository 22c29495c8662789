import { expect, it } from "vitest";

import { fileSize } from "./fileSize.ts";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [512, "512 bytes"],
  [999.6, "1 kB"],
  [84_213, "84 kB"],
  [999_600, "1 MB"],
  [5_242_880, "5.2 MB"],
  [12_400_000, "12 MB"],
  [3_000_000_000, "3 GB"],
  [-1, "0 bytes"],
])("says %d bytes as %s", (bytes, words) => {
  expect(fileSize(bytes, "en")).toBe(words);
});
