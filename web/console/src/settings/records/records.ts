import { api } from "../../api/api.ts";
import { text } from "../../desk/reading.ts";

const CUSTOMERS = "/v1/customers/settings";
const COMPANIES = "/v1/companies/settings";

/** How customers' records are read and put together. */
export interface RecordSettings {
  /** The country of telephone numbers that name none. Empty: there is no such country. */
  readonly phoneRegion: string;
  /** Who has an address of a company's domain belongs to it. */
  readonly joinByDomain: boolean;
}

export async function loadRecordSettings(): Promise<RecordSettings> {
  const [customers, companies] = await Promise.all([api.get(CUSTOMERS), api.get(COMPANIES)]);
  return {
    phoneRegion: text(customers.data.attributes.phoneRegion),
    joinByDomain: companies.data.attributes.joinByDomain === true,
  };
}

export async function setPhoneRegion(phoneRegion: string): Promise<void> {
  await api.put(CUSTOMERS, { phoneRegion });
}

export async function setJoinByDomain(joinByDomain: boolean): Promise<void> {
  await api.put(COMPANIES, { joinByDomain });
}
