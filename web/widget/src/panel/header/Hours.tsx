import { upcomingTime } from "@kithdesk/ui";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { BusinessHours } from "../../chat/shapes.ts";
import { usePanel } from "../context.ts";
import { hoursAt } from "./hours.ts";

const HOUR_MS = 3_600_000;

/** When somebody is there, by the visitor's own clock; it follows when that changes. */
export function Hours({ hours }: { hours: BusinessHours }) {
  const { view } = usePanel();
  const now = useSignal(Date.now());
  const found = hoursAt(hours, now.value);
  const until = found?.until;

  useEffect(() => {
    if (!until) return;
    // An hour at most: at midnight, what was tomorrow is today.
    const wait = Math.min(Date.parse(until) - Date.now(), HOUR_MS);
    const timer = setTimeout(
      () => {
        now.value = Date.now();
      },
      Math.max(wait, 0),
    );
    return () => clearTimeout(timer);
  }, [until, now, now.value]);

  if (!found || !until) return null;
  const when = upcomingTime(until, now.value, { locale: view.words.value.lang });
  return <p class="header__who">{view.say(found.open ? "openUntil" : "closedUntil", { when })}</p>;
}
