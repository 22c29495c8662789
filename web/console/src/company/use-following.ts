import { useEffect, useRef } from "react";

import { hearInbox } from "../live/inbox-topic.ts";
import { type Company, reread } from "./company.ts";

interface Latest {
  readonly current: Company | null;
}

/** The company is read anew when somebody has changed it. */
export function useFollowing(
  id: string,
  latest: Latest,
  onChange: (company: Company) => void,
  onGone: () => void,
): void {
  const told = useRef({ onChange, onGone });
  told.current = { onChange, onGone };
  useEffect(() => {
    let isOver = false;
    const read = oneAtATime(async () => {
      const fresh = await newer(latest.current);
      // What was written here meanwhile is newer still.
      if (!isOver && fresh !== null && (fresh.rev ?? 0) >= (latest.current?.rev ?? 0))
        told.current.onChange(fresh);
    });
    const stop = hearInbox((events) => {
      for (const event of events) {
        if (event.kind === "company.deleted" && event.data.company === id) told.current.onGone();
        if (event.kind === "company.updated" && event.data.company === id) read();
      }
    });
    return () => {
      isOver = true;
      stop();
    };
  }, [id, latest]);
}

/** Without an answer what is known of it stays, and the next change asks again. */
async function newer(company: Company | null): Promise<Company | null> {
  return company === null ? null : reread(company).catch(() => null);
}

/** Does it as often as it is asked to, but not twice at once: who asks meanwhile is served by one more. */
function oneAtATime(work: () => Promise<void>): () => void {
  let isBusy = false;
  let isAsked = false;
  const run = () => {
    isAsked = isBusy;
    if (isBusy) return;
    isBusy = true;
    void work().finally(() => {
      isBusy = false;
      if (isAsked) run();
    });
  };
  return run;
}
