import { useEffect, useState } from "react";

const LOOK_EVERY_MS = 200;

/** How many seconds are left until then, 0 at the end; draws again only when that number changes. */
export function useSeconds(endsAt: number): number {
  const [left, setLeft] = useState(() => secondsUntil(endsAt));
  useEffect(() => {
    const look = () => setLeft(secondsUntil(endsAt));
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [endsAt]);
  return left;
}

function secondsUntil(endsAt: number): number {
  return Math.max(0, Math.ceil((endsAt - Date.now()) / 1_000));
}
