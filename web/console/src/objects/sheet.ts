import { create } from "zustand";

import { openOverlay } from "../app/overlay.ts";
import { onForget } from "../session/session.ts";
import type { KObject } from "./types.ts";

/** Whose a new record will be, and the conversation that is open beside it. */
export interface Place {
  readonly customer: string;
  readonly conversation: string | null;
}

interface Opened {
  /** The record on the sheet. */
  readonly object: KObject | null;
  readonly place: Place | null;
}

export const useObjectSheet = create<Opened>(() => ({ object: null, place: null }));

export function openObject(object: KObject): void {
  useObjectSheet.setState({ object });
  openOverlay("object");
}

export function startAdding(place: Place, anchor: Element | null = null): void {
  useObjectSheet.setState({ place });
  openOverlay("add-object", anchor);
}

onForget(() => useObjectSheet.setState({ object: null, place: null }));
