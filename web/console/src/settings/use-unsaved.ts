import { useEffect, useState } from "react";

import { holdUnsaved } from "../navigation/leaving.ts";

/** Whoever leaves a page with a draft that differs from `saved`, or from how it began, is asked first. */
export function useUnsaved(draft: unknown, saved?: unknown): void {
  const now = JSON.stringify(draft);
  const [begun] = useState(now);
  const isChanged = now !== (saved === undefined ? begun : JSON.stringify(saved));
  useEffect(() => (isChanged ? holdUnsaved("page") : undefined), [isChanged]);
}
