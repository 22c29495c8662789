const previews = new WeakMap<File, string>();

/** A picture just chosen shows at once, from the file itself. */
export function previewOf(file: File | undefined): string | undefined {
  if (!file) return undefined;
  const known = previews.get(file) ?? URL.createObjectURL(file);
  previews.set(file, known);
  return known;
}
