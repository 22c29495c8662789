import { briefTime, exactTime } from "@kithdesk/ui";

import { Avatar } from "../app/Avatar.tsx";
import { useNow } from "../app/now.ts";
import { customerFromResource, type Resource, text } from "../desk/reading.ts";
import { useDesk } from "../desk/store.ts";
import { openCustomer } from "../search/open-hit.ts";
import { words } from "./en.ts";

interface CustomerRowsProps {
  label: string;
  records: readonly Resource[];
  /** The conversation that is open: its customer is marked. */
  open: string | null;
  onMore: (() => void) | undefined;
}

/** Customers one below the other; a press opens their latest conversation beside them. */
export function CustomerRows({ label, records, open, onMore }: CustomerRowsProps) {
  const current = useDesk((desk) => (open === null ? null : desk.conversations.get(open)?.customer));
  return (
    <div className="customer-rows">
      <ul className="customer-rows__list" aria-label={label}>
        {records.map((record) => (
          <li key={record.id}>
            <CustomerRow record={record} isCurrent={record.id === current} />
          </li>
        ))}
      </ul>
      {onMore !== undefined && (
        <button type="button" className="button customer-rows__more" onClick={onMore}>
          {words.more}
        </button>
      )}
    </div>
  );
}

function CustomerRow({ record, isCurrent }: { record: Resource; isCurrent: boolean }) {
  const now = useNow();
  const { id, displayName, emails, phones, externalId } = customerFromResource(record);
  const at = text(record.attributes.lastActivityAt) || text(record.attributes.updatedAt);
  return (
    <button
      type="button"
      className="customer-row"
      aria-current={isCurrent ? "true" : undefined}
      onClick={() => void openCustomer(id)}
    >
      <Avatar id={id} name={displayName} />
      <span className="customer-row__name" dir="auto">
        {displayName}
      </span>
      {at !== "" && (
        <time className="row__time" dateTime={at} title={exactTime(at)}>
          {briefTime(at, now)}
        </time>
      )}
      <span className="customer-row__address" dir="auto">
        {emails[0]?.email ?? phones[0]?.phone ?? externalId ?? ""}
      </span>
    </button>
  );
}
