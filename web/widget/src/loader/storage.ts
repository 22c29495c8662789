/** A browser that forbids a storage throws at its very name, a full one at the write: nothing may depend on it. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Null removes. */
export function keep(name: string, value: string | null): void {
  attempt(() => (value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value)));
}
