/**
 * Copies to the clipboard; resolves with whether it could. Where the page came by plain HTTP, as inside a company's own
 * network, browsers have none for it but the old way.
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard === undefined) return copyBySelection(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copyBySelection(text),
  );
}

function copyBySelection(text: string): boolean {
  const held = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "sr-only";
  // Outside of an open dialog nothing can be selected.
  (held?.closest("dialog") ?? document.body).append(field);
  field.focus();
  field.select();
  const isCopied = document.execCommand?.("copy") === true;
  field.remove();
  if (held instanceof HTMLElement) held.focus();
  return isCopied;
}
