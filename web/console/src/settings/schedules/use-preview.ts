import { useEffect, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { type Draft, type Preview, previewOf } from "./schedules.ts";

export interface Previewed {
  /** The last that was reckoned: it stays while the next one is. */
  readonly preview: Preview | null;
  readonly problem: string | null;
}

const PAUSE_MS = 250;

/** Asks the server what a draft would do, once one has stopped changing it; null is not fit to be asked about. */
export function usePreview(draft: Draft | null): Previewed {
  const [previewed, setPreviewed] = useState<Previewed>({ preview: null, problem: null });
  useEffect(() => {
    if (draft === null) return;
    let isOver = false;
    const timer = setTimeout(() => {
      previewOf(draft).then(
        (preview) => !isOver && setPreviewed({ preview, problem: null }),
        (error: unknown) => !isOver && setPreviewed((before) => ({ ...before, problem: wordsFor(error) })),
      );
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [draft]);
  return previewed;
}
