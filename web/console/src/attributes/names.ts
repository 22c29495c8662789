/** What an attribute holds, as the API calls it. */
export type FieldType = "Str" | "Txt" | "Num" | "At" | "Date" | "Bool" | "Url" | "Id" | "Tree";

/** Kustomer writes an attribute's type at the end of its name. The value shows it. */
const SUFFIX = /([\p{Ll}\p{N}])(Str|Txt|Num|At|Date|Bool|Url|Id|Tree)$/u;
/** Endings that people say too. */
const SHOWN_SUFFIXES: ReadonlySet<string> = new Set(["Id", "Date"]);

/** `loyaltyTierStr` reads as "Loyalty tier". */
export function labelOf(name: string): string {
  const plain = name
    .replace(SUFFIX, (all, before: string, type: string) => (SHOWN_SUFFIXES.has(type) ? all : before))
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/[_-]+/gu, " ")
    .toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** What the organisation calls an attribute; where it called it nothing, its name as a reader would. */
export function labelFrom(displayName: string, name: string): string {
  return displayName === "" || displayName === name ? labelOf(name) : displayName;
}

/** What an attribute holds, by its name, where nobody declared it. A birthday is called a time, and is a day. */
export function typeOf(name: string): FieldType {
  if (name === "birthdayAt") return "Date";
  return (SUFFIX.exec(name)?.[2] as FieldType | undefined) ?? "Str";
}
