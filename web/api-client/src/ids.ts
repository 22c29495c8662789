/** A client id: 24 hex characters nobody can guess, so that a repeat is recognised and never mistaken. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
