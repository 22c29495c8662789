import type { Bucket } from "./board.ts";

const WIDE = 5;
const HIGH = 18;

/** Twelve times five minutes: what came behind, what was taken in front. The figures beside it say the same. */
export function Bars({ buckets }: { buckets: readonly Bucket[] }) {
  const most = Math.max(1, ...buckets.flatMap(({ arrived, assigned }) => [arrived, assigned]));
  const high = (count: number) => (count / most) * HIGH;
  return (
    <svg
      className="board-bars"
      viewBox={`0 0 ${buckets.length * WIDE} ${HIGH + 1}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {buckets.map(({ arrived, assigned }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places, not things
        <g key={place} transform={`translate(${place * WIDE} 0)`}>
          <rect className="board-bars__ground" y={HIGH} width={WIDE - 1} height={1} />
          <rect
            className="board-bars__came"
            y={HIGH - high(arrived)}
            width={WIDE - 1}
            height={high(arrived)}
          />
          <rect
            className="board-bars__taken"
            x={1}
            y={HIGH - high(assigned)}
            width={WIDE - 3}
            height={high(assigned)}
          />
        </g>
      ))}
    </svg>
  );
}
