const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A file's size as people read it: "512 bytes", "84 kB", "1.2 MB", in the reader's locale. */
export function fileSize(bytes: number, locale?: string): string {
  let amount = Math.max(0, bytes);
  let unit = 0;
  // 999.5 would be rounded to 1,000: step up first.
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[unit] ?? "byte",
    // Short, a byte has no plural: "6 byte".
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: unit >= 2 && amount < 10 ? 1 : 0,
  }).format(amount);
}
