import { api } from "../api/api.ts";
import { numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";
import type { PageView } from "../desk/types.ts";

/** One visit to the site. */
export interface Session {
  readonly id: string;
  readonly startedAt: string;
  readonly pageCount: number;
  readonly isActive: boolean;
  readonly device: string | null;
  readonly referrer: string | null;
}

const PAGE_SIZE = 10;
const PAGES_SHOWN = 100;

export async function fetchSessions(
  customer: string,
  page: number,
): Promise<{ sessions: Session[]; isLast: boolean }> {
  const { data, meta } = await api.list(
    `/v1/customers/${customer}/sessions?page=${page}&pageSize=${PAGE_SIZE}`,
  );
  return { sessions: data.map(readSession), isLast: page >= (numberOrNull(meta.totalPages) ?? page) };
}

/** The pages of a visit, the latest first. */
export async function fetchPages(customer: string, session: string): Promise<PageView[]> {
  const { data } = await api.list(
    `/v1/customers/${customer}/sessions/${session}/events?pageSize=${PAGES_SHOWN}`,
  );
  return data.map(({ attributes }) => ({
    url: text(attributes.url),
    title: text(attributes.title),
    at: text(attributes.createdAt),
  }));
}

function readSession({ id, attributes }: Resource): Session {
  return {
    id,
    startedAt: text(attributes.startedAt),
    pageCount: numberOrNull(attributes.pageCount) ?? 0,
    isActive: attributes.isActive === true,
    device: textOrNull(attributes.device),
    referrer: textOrNull(attributes.referrer),
  };
}
