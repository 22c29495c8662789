import { wordsOfValue } from "../../attributes/attribute-values.ts";
import type { Declared } from "../../attributes/declared.ts";
import { isJson, list, text } from "../../desk/reading.ts";

/** Lists of a record, and what of an entry is worth reading. */
const LISTS = {
  emails: "email",
  phones: "phone",
  externalIds: "externalId",
  whatsapps: "phone",
  sharedEmails: "email",
  sharedPhones: "phone",
  urls: "url",
} as const;

/** What a previewed customer would hold beside their name, shortly. */
export function factsOf(
  customer: Readonly<Record<string, unknown>>,
  declared: readonly Declared[],
): string[] {
  const custom = isJson(customer.custom) ? customer.custom : {};
  return [
    ...Object.entries(LISTS).flatMap(([name, part]) =>
      list(customer[name]).map((entry) => (isJson(entry) ? text(entry[part]) : "")),
    ),
    text(customer.companyName),
    ...list(customer.tags).map(text),
    ...list(customer.locations).map((place) =>
      isJson(place) ? Object.values(place).map(text).join(", ") : "",
    ),
    ...declared.flatMap((one) => {
      const value = custom[one.name];
      return value === undefined || value === null ? [] : [`${one.label}: ${wordsOfValue(one, value)}`];
    }),
  ].filter((fact) => fact !== "" && fact !== customer.displayName);
}
