import { chipOf, initials } from "@kithdesk/ui";
import { usePanel } from "../context.ts";

export function Typing({ name }: { name: string }) {
  const { view } = usePanel();
  return (
    <div class="group group--out typing">
      <span class={`chip chip--${chipOf(name)}`} aria-hidden="true">
        {initials(name)}
      </span>
      <p class="typing__dots">
        <span class="unseen">{view.say("typing", { name })}</span>
        <i />
        <i />
        <i />
      </p>
    </div>
  );
}
