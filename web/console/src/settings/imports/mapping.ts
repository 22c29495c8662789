import type { Declared } from "../../attributes/declared.ts";
import type { Import, Mapping, MatchKey } from "./imports.ts";
import { MATCH_KEYS } from "./imports.ts";

/** What a column can be, as a person looks for it. */
export const GROUPS = {
  who: ["name", "firstName", "lastName", "username", "gender", "birthdayAt", "avatarUrl"],
  reach: ["emails", "phones", "whatsapps", "sharedEmails", "sharedPhones", "urls"],
  known: ["externalId", "company", "tags", "createdAt", "signedUpAt"],
  place: [
    "location.address",
    "location.zipCode",
    "location.cityName",
    "location.regionName",
    "location.countryName",
    "locale",
    "defaultLang",
    "timeZone",
  ],
} as const;
export type Group = keyof typeof GROUPS;
export type Target = (typeof GROUPS)[Group][number];

export const CUSTOM = "custom.";

/** Of these a customer may have several, so several columns may be one. */
const MANY: ReadonlySet<string> = new Set<Target>([
  "externalId",
  "emails",
  "phones",
  "whatsapps",
  "sharedEmails",
  "sharedPhones",
  "tags",
  "urls",
]);

const FOUND_BY: Readonly<Record<MatchKey, Target>> = {
  externalId: "externalId",
  email: "emails",
  phone: "phones",
};

/** What is chosen on the page: a key may be ticked while no column is it, and counts again when one is. */
export interface Choice {
  readonly targets: readonly (string | null)[];
  readonly keys: readonly MatchKey[];
  readonly onMatch: Mapping["onMatch"];
}

export function firstChoice({ columns, mapping }: Import): Choice {
  if (mapping !== null) return { targets: mapping.targets, keys: mapping.matchBy, onMatch: mapping.onMatch };
  const targets = columns.map(({ suggested }) => suggested);
  // Telephone numbers are shared and passed on: finding somebody by one is for the administrator to want.
  return { targets, keys: ["externalId", "email"], onMatch: "update" };
}

/** Keys that a column is there for. */
export function possibleKeys({ targets }: Choice): MatchKey[] {
  return MATCH_KEYS.filter((key) => targets.includes(FOUND_BY[key]));
}

export function mappingOf(choice: Choice): Mapping {
  const { targets, keys, onMatch } = choice;
  return { targets, matchBy: possibleKeys(choice).filter((key) => keys.includes(key)), onMatch };
}

/** Columns that are the same one thing of which a customer has one. */
export function doubled({ targets }: Choice, declared: readonly Declared[]): ReadonlySet<number> {
  const isMany = (target: string) =>
    MANY.has(target) || declared.some(({ name, isList }) => isList && target === CUSTOM + name);
  return new Set(
    [...targets.entries()]
      .filter(([, target]) => target !== null && !isMany(target))
      .filter(([, target]) => targets.indexOf(target) !== targets.lastIndexOf(target))
      .map(([column]) => column),
  );
}

export function isNothing({ targets }: Choice): boolean {
  return targets.every((target) => target === null);
}

export function withTarget(choice: Choice, column: number, target: string | null): Choice {
  return { ...choice, targets: choice.targets.with(column, target) };
}

export function withKey(choice: Choice, key: MatchKey, isOn: boolean): Choice {
  const others = choice.keys.filter((one) => one !== key);
  return { ...choice, keys: isOn ? [...others, key] : others };
}
