import type { Declared } from "../attributes/declared.ts";
import { isJson, list, text } from "../desk/reading.ts";
import type { Company, Json } from "./company.ts";
import { words } from "./en.ts";

/** One thing known of a company that is changed where it stands. */
export interface Field {
  readonly declared: Declared;
  readonly read: (record: Json) => unknown;
  /** What the API is told. What it keeps beside a value, such as of which kind it is, stays with it. */
  readonly body: (value: unknown, record: Json) => Json;
}

/** A company's name is its heading. */
export const NAME: Field = plain("name", {});

/** What every company may have. */
export const FIELDS: readonly Field[] = [
  plain("domains", { isList: true, description: words.domainsHint }),
  plain("externalId", {}),
  entries("emails", "email"),
  entries("phones", "phone"),
  entries("urls", "url"),
  plain("employeeCount", { type: "Num" }),
  plain("tags", { isList: true }),
];

/** What the organisation has declared besides. */
export function attributesOf({ attributes }: Company): Field[] {
  return attributes.map((declared) => ({
    declared,
    read: ({ custom }) => (isJson(custom) ? custom[declared.name] : null),
    body: (value) => ({ custom: { [declared.name]: value } }),
  }));
}

function plain(name: string, more: Partial<Declared>): Field {
  const declared = declare(name, more);
  return {
    declared,
    read: (record) => record[name],
    body: (value) => ({ [name]: value ?? (declared.isList ? [] : null) }),
  };
}

/** A list whose entries are told by one of their parts. */
function entries(name: string, part: string): Field {
  const known = (record: Json) => list(record[name]).filter(isJson);
  return {
    declared: declare(name, { isList: true }),
    read: (record) => known(record).map((entry) => text(entry[part])),
    body: (value, record) => {
      const typeOf = (line: unknown) => text(known(record).find((entry) => entry[part] === line)?.type);
      return { [name]: list(value).map((line) => ({ [part]: line, type: typeOf(line) || "work" })) };
    },
  };
}

function declare(name: string, more: Partial<Declared>): Declared {
  const label = words.facts[name] ?? name;
  return {
    name,
    label,
    type: "Str",
    description: "",
    choices: [],
    isList: false,
    isRequired: false,
    ...more,
  };
}
