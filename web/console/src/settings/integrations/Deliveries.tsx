import { exactTime, relativeTime } from "@kithdesk/ui";
import { RotateCw } from "lucide-react";
import { useCallback } from "react";

import { useNow } from "../../app/now.ts";
import { Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { type Delivery, type Integration, loadDeliveries } from "./integrations.ts";

/** What a shop sent, newest first, and what became of it. */
export function Deliveries({ integration: { id } }: { integration: Integration }) {
  const load = useCallback(() => loadDeliveries(id), [id]);
  const { loaded, reload } = useLoaded(load);
  const again = (
    <button type="button" className="button" onClick={reload}>
      <RotateCw size={14} aria-hidden="true" />
      {words.refresh}
    </button>
  );
  return (
    <Part title={words.deliveries} text={words.deliveriesText} action={again}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(deliveries) =>
          deliveries.length === 0 ? (
            <p className="field__hint">{words.noDeliveries}</p>
          ) : (
            <table className="deliveries">
              <thead>
                <tr>
                  <th scope="col">{words.topic}</th>
                  <th scope="col">{words.outcome}</th>
                  <th scope="col">{words.at}</th>
                </tr>
              </thead>
              <tbody>
                {deliveries.map((delivery) => (
                  <DeliveryRow key={delivery.id} delivery={delivery} />
                ))}
              </tbody>
            </table>
          )
        }
      </WhenLoaded>
    </Part>
  );
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const now = useNow();
  const { topic, outcome, detail, at } = delivery;
  return (
    <tr>
      <td>
        <code>{topic}</code>
      </td>
      <td>
        {outcomeWords(outcome)}
        {detail !== null && <span className="deliveries__detail">{detail}</span>}
      </td>
      <td>
        <time dateTime={at} title={exactTime(at)}>
          {relativeTime(at, now)}
        </time>
      </td>
    </tr>
  );
}

function outcomeWords(outcome: string): string {
  return words.outcomes[outcome] ?? outcome.replaceAll("_", " ");
}
