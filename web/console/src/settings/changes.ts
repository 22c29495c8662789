type Body = Readonly<Record<string, unknown>>;

/** What differs of two bodies that the API takes: who sends no more leaves what somebody else changed meanwhile. */
export function changesIn(wanted: Body, before: Body): Body {
  const changed = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(changed);
}
