import { words } from "./en.ts";

interface RingProps {
  left: number;
  seconds: number;
}

const RADIUS = 15;
/** More digits than that do not fit. */
const MOST_SECONDS = 99;
const ROUND = 2 * Math.PI * RADIUS;

/** The seconds that are left, as a number and as what is left of a circle. */
export function Ring({ left, seconds }: RingProps) {
  const shown = left > MOST_SECONDS ? words.minutes(Math.ceil(left / 60)) : String(left);
  const part = Math.min(1, left / Math.max(1, seconds));
  return (
    <span className={`ring ${left <= 5 ? "ring--late" : ""}`} aria-hidden="true">
      <svg className="ring__circle" viewBox="0 0 36 36" aria-hidden="true">
        <circle className="ring__track" cx="18" cy="18" r={RADIUS} />
        <circle
          className="ring__left"
          cx="18"
          cy="18"
          r={RADIUS}
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - part)}
        />
      </svg>
      <span className={`ring__number ${shown.length > 2 ? "ring__number--long" : ""}`}>{shown}</span>
    </span>
  );
}
