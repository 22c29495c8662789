import { create } from "zustand";

import { api } from "../api/api.ts";
import { list, numberOrNull, text } from "../desk/reading.ts";

/** How this agent is given work: by the team as which they work, or by the organisation. */
interface Terms {
  readonly wrapUpSeconds: number;
  /** For what one may be unavailable; none: for anything. */
  readonly reasons: readonly string[];
}

const UNKNOWN: Terms = { wrapUpSeconds: 0, reasons: [] };

export const useTerms = create<Terms>(() => UNKNOWN);

/** Without them there are no reasons to choose from, and nothing is wrapped up on the screen. */
export async function loadTerms(me: string): Promise<void> {
  const { data } = await api.get(`/v1/routing/users/${me}/status`);
  const team = data.relationships?.team?.data?.id;
  const settings = await api.get(`/v1/routing/settings${team === undefined ? "" : `?team=${team}`}`);
  const { wrapUpSeconds, unavailableReasons } = settings.data.attributes;
  useTerms.setState({
    wrapUpSeconds: numberOrNull(wrapUpSeconds) ?? 0,
    reasons: list(unavailableReasons)
      .map(text)
      .filter((reason) => reason !== ""),
  });
}
