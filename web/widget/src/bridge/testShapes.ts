/** A message, bent in each way that a shape forbids: a field missing, empty, of another type, or one too many. */
export function* bent(message: Record<string, unknown>): Generator<Record<string, unknown>> {
  const { kithdesk, ...fields } = message;
  for (const name of Object.keys(fields)) {
    const { [name]: field, ...others } = message;
    yield others;
    yield { ...message, [name]: null };
    yield { ...message, [name]: typeof field === "string" ? 1 : "1" };
  }
  yield { ...message, more: 1 };
  // Names that every object answers to.
  yield { ...message, constructor: {} };
  yield { ...message, ...JSON.parse('{"__proto__":{}}') };
  yield { ...message, kithdesk: [kithdesk] };
  yield { type: kithdesk, ...fields };
}
