import { api } from "../api/api.ts";
import { isConflict } from "../api/errors.ts";
import { isSame } from "../customer/fields.ts";
import { type Company, companyFrom, type Json, PATH, reread } from "./company.ts";
import type { Field } from "./fields.ts";

/** Somebody else wrote the same meanwhile: the company is as they left it. */
export class ChangedMeanwhile extends Error {
  readonly company: Company;

  constructor(company: Company) {
    super("changed meanwhile");
    this.company = company;
  }
}

/**
 * Writes one value against the version that is on the screen. When somebody else has changed something else meanwhile,
 * it is written on top of theirs; when it was the same, rejects with `ChangedMeanwhile`.
 */
export async function saveField(company: Company, field: Field, value: unknown): Promise<Company> {
  const { rev } = company;
  try {
    return await put(company, { ...field.body(value, company.record), ...(rev === null ? {} : { rev }) });
  } catch (error) {
    if (!isConflict(error)) throw error;
    const fresh = await reread(company);
    // The same version still: it was not the record that had changed, but the value that is taken.
    if (fresh.rev === rev) throw error;
    if (!isSame(field.read(fresh.record), field.read(company.record))) throw new ChangedMeanwhile(fresh);
    return saveField(fresh, field, value);
  }
}

async function put(company: Company, body: Json): Promise<Company> {
  const { data } = await api.put(`${PATH}/${company.id}`, body);
  return { ...company, ...companyFrom(data) };
}
