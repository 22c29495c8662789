import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { fetchByClock, serverNow } from "./clock.ts";

const NOON = Date.parse("2026-11-24T12:00:00.000Z");

let date: string | null;
let takes: number;

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  takes = 40;
  vi.stubGlobal("fetch", async () => {
    vi.setSystemTime(Date.now() + takes);
    return new Response("", { headers: date === null ? {} : { Date: date } });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function asksAt(serverTime: number | null): Promise<number> {
  date = serverTime === null ? null : new Date(serverTime).toUTCString();
  await fetchByClock("/v1/x");
  return serverNow() - Date.now();
}

it("goes by the server where this clock is wrong, either way", async () => {
  expect(await asksAt(NOON + 3_600_000)).toBeCloseTo(3_600_000, -4);
  expect(await asksAt(Date.now() - 600_000)).toBeCloseTo(-600_000, -4);
});

it("goes by this clock where it is as right as can be told", async () => {
  await asksAt(NOON + 3_600_000);

  expect(await asksAt(Date.now() + 2_000)).toBe(0);
});

it("learns nothing from an answer that says no time, or was long on its way", async () => {
  await asksAt(Date.now());

  expect(await asksAt(null)).toBe(0);
  takes = 20_000;
  expect(await asksAt(Date.now())).toBe(0);
});
