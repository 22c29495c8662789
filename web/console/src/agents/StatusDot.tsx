import type { Presence } from "../desk/types.ts";

/** Presence as a shape as well as a colour: full, half, bar, ring. */
export function StatusDot({ status }: { status: Presence }) {
  return (
    <svg className={`status-dot status-dot--${status}`} viewBox="0 0 10 10" aria-hidden="true">
      {status === "available" && <circle cx="5" cy="5" r="4.5" />}
      {status === "busy" && (
        <>
          <circle cx="5" cy="5" r="4" className="status-dot__outline" />
          <path d="M5 1a4 4 0 0 0 0 8z" />
        </>
      )}
      {status === "unavailable" && (
        <>
          <circle cx="5" cy="5" r="4.5" />
          <rect x="2.4" y="4.25" width="5.2" height="1.5" rx=".4" className="status-dot__bar" />
        </>
      )}
      {status === "offline" && <circle cx="5" cy="5" r="3.75" className="status-dot__ring" />}
    </svg>
  );
}
