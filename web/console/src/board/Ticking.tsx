import { exactTime } from "@kithdesk/ui";

import { clockWords } from "../app/lengths.ts";
import { useNowIn } from "../app/now.ts";

/** How long it has been, running by itself. */
export function Ticking({ since, className }: { since: number; className?: string }) {
  const said = useNowIn((now) => clockWords(now - since));
  const at = new Date(since);
  return (
    <time className={className} dateTime={at.toISOString()} title={exactTime(at)}>
      {said}
    </time>
  );
}
