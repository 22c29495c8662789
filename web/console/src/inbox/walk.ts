/**
 * The row to go to from `current`. When the current one has left the list (it was just done), the row that took its
 * place is the next one.
 */
export function neighbour(
  ids: readonly string[],
  current: string | null,
  lastIndex: number,
  step: 1 | -1,
): string | null {
  if (ids.length === 0) return null;
  const index = current === null ? -1 : ids.indexOf(current);
  if (index >= 0) return ids[index + step] ?? null;
  if (current === null) return ids[0] ?? null;
  const place = step === 1 ? lastIndex : lastIndex - 1;
  return ids[Math.max(0, Math.min(ids.length - 1, place))] ?? null;
}
