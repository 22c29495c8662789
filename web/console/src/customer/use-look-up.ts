import { useEffect, useState } from "react";

const PAUSE_MS = 150;

/** What `find` answers to the words of the moment; an answer to earlier words is dropped. `find` is made once. */
export function useLookUp<Found>(find: (query: string) => Promise<readonly Found[]>) {
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(
      () =>
        find(query).then(
          (answer) => !isOver && setFound(answer),
          () => !isOver && setFound([]),
        ),
      query === "" ? 0 : PAUSE_MS,
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [find, query]);
  return { found, setQuery };
}
