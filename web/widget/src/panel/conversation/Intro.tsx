import { usePanel } from "../context.ts";
import { hoursAt } from "../header/hours.ts";

/** What stands above the first message: the company's greeting, and when to expect an answer where they say so. */
export function Intro({ started }: { started: boolean }) {
  const { view } = usePanel();
  const { greeting, waitMessage, offhoursDisplay, offhoursMessage, businessHours } = view.settings;
  const away =
    offhoursDisplay === "offline" && businessHours && hoursAt(businessHours, Date.now())?.open === false;
  const hint = (away && offhoursMessage) || waitMessage || (started ? "" : view.say("emptyHint"));
  return (
    <div class={started ? "intro intro--quiet" : "intro"}>
      <h2 class="intro__greeting">
        <bdi>{greeting || view.say("emptyGreeting")}</bdi>
      </h2>
      {hint && (
        <p class="intro__hint">
          <bdi>{hint}</bdi>
        </p>
      )}
    </div>
  );
}
