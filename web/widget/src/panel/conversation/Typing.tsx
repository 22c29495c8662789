import { Chip } from "../Chip.tsx";
import { usePanel } from "../context.ts";

export function Typing({ name }: { name: string }) {
  const { view } = usePanel();
  return (
    <div class="group group--out typing">
      <Chip name={name} />
      <p class="typing__dots">
        <span class="unseen">{view.say("typing", { name })}</span>
        <i />
        <i />
        <i />
      </p>
    </div>
  );
}
