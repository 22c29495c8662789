// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from "vitest";

import { emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import { keepArrivals, recallArrivals } from "./arrivals.ts";

let stop: () => void;

beforeEach(() => {
  sessionStorage.clear();
  replaceDesk(emptyDesk(ME));
  stop = keepArrivals();
});

afterEach(() => {
  stop();
  replaceDesk(emptyDesk(""));
});

function afterReload(agent = ME): string[] {
  const desk = emptyDesk(agent);
  recallArrivals(desk);
  return [...desk.arrived];
}

it("what is new stays new over a reload, until it was looked at, and for this agent", () => {
  changeDesk(({ arrived }) => arrived.add("c1").add("c2"));
  expect(afterReload()).toEqual(["c1", "c2"]);
  expect(afterReload("another")).toEqual([]);

  changeDesk(({ arrived }) => arrived.delete("c1"));
  expect(afterReload()).toEqual(["c2"]);
  changeDesk(({ arrived }) => arrived.clear());
  expect(afterReload()).toEqual([]);
});
