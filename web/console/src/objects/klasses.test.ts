import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { api } from "../api/api.ts";
import { knowKlass, loadKlasses, useKlasses } from "./klasses.ts";

const BOOKING = {
  type: "klass",
  id: "b",
  attributes: {
    name: "booking",
    displayName: "Booking",
    pluralName: "Bookings",
    metadata: { properties: {} },
  },
};

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a kind that was defined just after they were read is known soon, and asked for once", async () => {
  const read = vi.spyOn(api, "all").mockResolvedValueOnce({ data: [] } as never);
  await loadKlasses();
  read.mockResolvedValue({ data: [BOOKING] } as never);

  knowKlass("booking");
  knowKlass("booking");
  await vi.advanceTimersByTimeAsync(3_000);

  expect(useKlasses.getState().klasses.get("booking")?.pluralName).toBe("Bookings");
  expect(read).toHaveBeenCalledTimes(2);
});
