import { api } from "../api/api.ts";
import {
  isJson,
  numberOrNull,
  type Resource,
  readEmails,
  readPhones,
  text,
  textOrNull,
  texts,
} from "../desk/reading.ts";
import { labelFrom, typeOf } from "../objects/names.ts";
import { objectFromResource } from "../objects/reading.ts";
import type { FieldType, KObject } from "../objects/types.ts";
import { valueWords } from "../objects/values.ts";

const PATH = "/v1/companies";
const PAGE_SIZE = 25;

/** Whom customers work for, as one looks at it. */
export interface Company {
  readonly id: string;
  readonly name: string;
  readonly domains: readonly string[];
  /** Everything else that is known, each with its name, in words. */
  readonly facts: readonly (readonly [name: string, words: string])[];
  readonly tags: readonly string[];
  readonly objects: readonly KObject[];
}

export interface Members {
  readonly records: readonly Resource[];
  readonly total: number;
}

export async function loadCompany(id: string): Promise<Company> {
  const [company, declared, objects] = await Promise.all([
    api.get(`${PATH}/${id}`),
    api.get("/v1/metadata/company").catch(() => null),
    api.list(`${PATH}/${id}/kobjects?page=1&pageSize=${PAGE_SIZE}`).catch(() => null),
  ]);
  const { attributes: json } = company.data;
  return {
    id,
    name: text(json.name),
    domains: texts(json.domains),
    facts: [...factsOf(json), ...customFacts(json.custom, declared?.data.attributes.properties)],
    tags: texts(json.tags),
    objects: (objects?.data ?? []).map(objectFromResource).filter((object) => object !== null),
  };
}

export async function loadMembers(id: string, page: number): Promise<Members> {
  const { data, meta } = await api.list(`${PATH}/${id}/customers?page=${page}&pageSize=${PAGE_SIZE}`);
  return { records: data, total: numberOrNull(meta.total) ?? data.length };
}

type Json = Readonly<Record<string, unknown>>;

function factsOf(json: Json): (readonly [string, string])[] {
  const employees = numberOrNull(json.employeeCount);
  const found: (readonly [string, string | null])[] = [
    ["externalId", textOrNull(json.externalId)],
    [
      "email",
      readEmails(json.emails)
        .map(({ email }) => email)
        .join(", "),
    ],
    [
      "phone",
      readPhones(json.phones)
        .map(({ phone }) => phone)
        .join(", "),
    ],
    ["employees", employees === null ? null : employees.toLocaleString()],
  ];
  return found.flatMap(([name, words]) => (words === null || words === "" ? [] : [[name, words] as const]));
}

function customFacts(custom: unknown, properties: unknown): (readonly [string, string])[] {
  if (!isJson(custom)) return [];
  return Object.entries(custom).flatMap(([name, value]) => {
    if (value === null || value === "") return [];
    const declared = isJson(properties) && isJson(properties[name]) ? properties[name] : {};
    const type = (textOrNull(declared.type) as FieldType | null) ?? typeOf(name);
    return [[labelFrom(text(declared.displayName), name), valueWords(type, value)] as const];
  });
}
