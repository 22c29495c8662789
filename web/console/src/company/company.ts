import { api } from "../api/api.ts";
import { type Declared, declaredFrom } from "../attributes/declared.ts";
import { labelFrom, typeOf } from "../attributes/names.ts";
import { isJson, numberOrNull, othersOf, type Resource, text } from "../desk/reading.ts";
import { objectFromResource } from "../objects/reading.ts";
import type { KObject } from "../objects/types.ts";

export const PATH = "/v1/companies";
const PAGE_SIZE = 25;

export type Json = Readonly<Record<string, unknown>>;

/** Whom customers work for, as one looks at it. */
export interface Company {
  readonly id: string;
  readonly name: string;
  readonly rev: number | null;
  /** The record as the API has it. */
  readonly record: Json;
  /** What the organisation keeps of its companies besides. */
  readonly attributes: readonly Declared[];
  /** What is known and not changed here, each with its name, in words. */
  readonly others: readonly (readonly [name: string, words: string])[];
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
  const read = companyFrom(company.data);
  return {
    ...read,
    attributes: declared === null ? undeclared(read.record.custom) : declaredFrom(declared.data),
    objects: (objects?.data ?? []).map(objectFromResource).filter((object) => object !== null),
  };
}

/** The record as it is by now, with what stands beside it as it was. */
export async function reread(company: Company): Promise<Company> {
  return { ...company, ...companyFrom((await api.get(`${PATH}/${company.id}`)).data) };
}

export async function loadMembers(id: string, page: number): Promise<Members> {
  const { data, meta } = await api.list(`${PATH}/${id}/customers?page=${page}&pageSize=${PAGE_SIZE}`);
  return { records: data, total: numberOrNull(meta.total) ?? data.length };
}

/** The record alone: what stands beside it is asked for elsewhere. */
export function companyFrom({ id, attributes: record }: Resource): Omit<Company, "attributes" | "objects"> {
  return {
    id,
    name: text(record.name),
    rev: numberOrNull(record.rev),
    record,
    others: othersOf(record).filter(([name]) => name !== "urls"),
  };
}

/** Nobody could say what is kept: what is there is shown under its own names. */
function undeclared(custom: unknown): Declared[] {
  if (!isJson(custom)) return [];
  return Object.entries(custom).map(([name, value]) => ({
    name,
    label: labelFrom("", name),
    type: typeOf(name),
    description: "",
    choices: [],
    isList: Array.isArray(value),
    isRequired: false,
  }));
}
