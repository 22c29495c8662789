import { useDesk } from "../desk/store.ts";
import { words } from "./en.ts";
import { Ring } from "./Ring.tsx";
import { useSeconds } from "./use-seconds.ts";
import { finishWrapUp, type WrapUp } from "./wrap-ups.ts";

/** What is done and still counts, with the way to be through with it sooner. */
export function WrapUpCard({ wrapUp }: { wrapUp: WrapUp }) {
  const name = useDesk((desk) => desk.conversations.get(wrapUp.conversation)?.customerName) ?? words.somebody;
  const left = useSeconds(wrapUp.endsAt);
  return (
    <li className="offer offer--wrap-up">
      <Ring left={left} seconds={Math.round(wrapUp.lastsMs / 1_000)} />
      <div className="offer__who">
        <p className="offer__name" dir="auto">
          {name}
        </p>
        <p className="offer__from">
          {words.wrapUps}
          <span className="sr-only">. {words.seconds(left)}</span>
        </p>
      </div>
      <button
        type="button"
        className="button"
        aria-label={words.finishOf(name)}
        onClick={() => void finishWrapUp(wrapUp.item)}
      >
        {words.finish}
      </button>
    </li>
  );
}
