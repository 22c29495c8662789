import { words } from "./en.ts";

interface MovedOnProps {
  onLoadAnew: () => void;
}

/** Somebody was faster: nothing was saved, and what was typed is there until it is loaded anew. */
export function MovedOn({ onLoadAnew }: MovedOnProps) {
  return (
    <div className="settings-part moved-on" role="alert" ref={showItself}>
      <p className="moved-on__text">{words.movedOn}</p>
      <button type="button" className="button" onClick={onLoadAnew}>
        {words.loadAnew}
      </button>
    </div>
  );
}

/** One may have scrolled far down before one saves. */
function showItself(notice: HTMLElement | null): void {
  notice?.scrollIntoView?.({ block: "center" });
}
