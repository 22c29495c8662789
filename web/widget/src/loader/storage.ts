/** A browser that forbids a storage throws at its very name, a full one at the write: nothing may depend on it. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** In the browser, or in this tab alone. */
const storage = (tab?: boolean) => (tab ? sessionStorage : localStorage);

/** Empty removes. */
export function keep(name: string, value: string, tab?: boolean): void {
  attempt(() => (value ? storage(tab).setItem(name, value) : storage(tab).removeItem(name)));
}

export function kept(name: string, tab?: boolean): string | null | undefined {
  return attempt(() => storage(tab).getItem(name));
}
