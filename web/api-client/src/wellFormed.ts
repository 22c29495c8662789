/**
 * For `JSON.stringify`. A string of JavaScript's may hold half of a character, from a careless cut or paste; a string of
 * JSON's may not, and the server would refuse it again and again.
 */
export function wellFormed(_name: string, value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value;
}
