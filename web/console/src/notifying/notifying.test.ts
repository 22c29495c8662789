// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { currentPlace, go } from "../navigation/navigation.ts";
import { HOME } from "../navigation/route.ts";
import { isNotifying, notify, setNotifying } from "./notifying.ts";

const NOTICE = { conversation: "c1", title: "Maya Lindqvist", body: "Is it warm?" };

class Shown {
  static all: Shown[] = [];
  static permission: NotificationPermission = "default";
  static answer: NotificationPermission = "granted";
  static async requestPermission(): Promise<NotificationPermission> {
    Shown.permission = Shown.answer;
    return Shown.permission;
  }
  onclick: (() => void) | null = null;
  close = vi.fn();
  readonly title: string;
  readonly options: NotificationOptions;
  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    Shown.all.push(this);
  }
}

let isLookedAt: boolean;

beforeEach(() => {
  localStorage.clear();
  Shown.all = [];
  Shown.permission = "default";
  Shown.answer = "granted";
  isLookedAt = false;
  vi.stubGlobal("Notification", Shown);
  vi.spyOn(document, "hasFocus").mockImplementation(() => isLookedAt);
  go(HOME, "replace");
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("says nothing to whoever has not asked for it", async () => {
  Shown.permission = "granted";

  await notify(NOTICE);

  expect(Shown.all).toEqual([]);
});

it("says who wrote what to an agent who looks elsewhere, and leads there", async () => {
  expect(await setNotifying(true)).toBe(true);

  await notify(NOTICE);

  expect(Shown.all).toMatchObject([{ title: "Maya Lindqvist", options: { body: "Is it warm?" } }]);
  Shown.all[0]?.onclick?.();
  expect(currentPlace().conversation).toBe("c1");
  expect(Shown.all[0]?.close).toHaveBeenCalled();
});

it("keeps still while the page is looked at", async () => {
  await setNotifying(true);
  isLookedAt = true;

  await notify(NOTICE);

  expect(Shown.all).toEqual([]);
});

it("is not on where the browser does not let it be", async () => {
  Shown.answer = "denied";

  expect(await setNotifying(true)).toBe(false);

  expect(isNotifying()).toBe(false);
});

it("can be switched off again", async () => {
  await setNotifying(true);

  expect(await setNotifying(false)).toBe(false);
  await notify(NOTICE);

  expect(Shown.all).toEqual([]);
});

it("says a long message short", async () => {
  await setNotifying(true);

  await notify({ ...NOTICE, body: "🎒".repeat(500) });

  expect([...(Shown.all[0]?.options.body ?? "")]).toHaveLength(141);
});
