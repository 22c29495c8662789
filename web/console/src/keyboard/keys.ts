/** ⌘ where there is one, Ctrl elsewhere. */
export function modifierLabel(): string {
  return isApple() ? "⌘" : "Ctrl";
}

export function isApple(): boolean {
  return /mac|iphone|ipad/iu.test(navigator.userAgent);
}

/** A key press as the shortcut table writes it: `j`, `?`, `mod+k`. Null for keys that are never shortcuts. */
export function pressed(event: Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey">): string | null {
  if (event.altKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.metaKey || event.ctrlKey) return `mod+${key}`;
  return key;
}

/** Words go where one writes; there no letter is a shortcut. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !["button", "checkbox", "radio", "submit", "reset", "file"].includes(target.type)
  );
}
