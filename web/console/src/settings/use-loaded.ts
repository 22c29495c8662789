import { useCallback, useEffect, useState } from "react";

import { wordsFor } from "../api/errors.ts";

export type Loaded<Data> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly problem: string }
  | { readonly state: "ready"; readonly data: Data };

interface Loading<Data> {
  readonly loaded: Loaded<Data>;
  readonly reload: () => void;
  /** What a change answered, or what it will: shown without asking again. */
  readonly show: (data: Data) => void;
}

/** What a page shows, asked for when the page is opened. `load` must stay the same function, as a module's does. */
export function useLoaded<Data>(load: () => Promise<Data>): Loading<Data> {
  const [loaded, setLoaded] = useState<Loaded<Data>>({ state: "loading" });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isOver = false;
    const take = (next: Loaded<Data>) => {
      if (!isOver) setLoaded(next);
    };
    // What is shown stays while it is asked for again.
    setLoaded((before) => (before.state === "ready" ? before : { state: "loading" }));
    load().then(
      (data) => take({ state: "ready", data }),
      (error: unknown) => take({ state: "failed", problem: wordsFor(error) }),
    );
    return () => {
      isOver = true;
    };
  }, [load, attempt]);
  const reload = useCallback(() => setAttempt((before) => before + 1), []);
  const show = useCallback((data: Data) => setLoaded({ state: "ready", data }), []);
  return { loaded, reload, show };
}
