/** Places that a shortcut can send the keyboard to; each registers itself while it is on screen. */
export type Place = "list" | "filter" | "composer";

const places = new Map<Place, () => void>();

export function offerFocus(place: Place, focus: () => void): () => void {
  places.set(place, focus);
  return () => {
    if (places.get(place) === focus) places.delete(place);
  };
}

export function focusOn(place: Place): void {
  places.get(place)?.();
}
