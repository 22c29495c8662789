/** A browser that forbids a storage throws at its very name, a full one at the write: nothing may depend on it. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** In the browser, or in this tab alone. Empty removes. */
export function keep(name: string, value: string, tab?: boolean): void {
  attempt(() => {
    const storage = tab ? sessionStorage : localStorage;
    if (value) storage.setItem(name, value);
    else storage.removeItem(name);
  });
}
