import { exactTime } from "@kithdesk/ui";

import { clockWords } from "../app/lengths.ts";
import { useNowIn } from "../app/now.ts";
import { useBoard } from "./follow.ts";

/** How long it has been, running by itself. Counted by the server's clock, whatever this one says. */
export function Ticking({ since, className }: { since: number; className?: string }) {
  const ahead = useBoard((read) => read.ahead);
  const said = useNowIn((now) => clockWords(now + ahead - since));
  const at = new Date(since - ahead);
  return (
    <time className={className} dateTime={at.toISOString()} title={exactTime(at)}>
      {said}
    </time>
  );
}
