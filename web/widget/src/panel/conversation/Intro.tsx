import { usePanel } from "../context.ts";

/** What stands above the first message: the company's greeting, and how long an answer takes where they say so. */
export function Intro({ started }: { started: boolean }) {
  const { view } = usePanel();
  const { greeting, waitMessage } = view.settings;
  const hint = waitMessage || (started ? "" : view.say("emptyHint"));
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
