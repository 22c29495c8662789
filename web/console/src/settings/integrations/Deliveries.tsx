import { exactTime, relativeTime } from "@kithdesk/ui";
import { RotateCw } from "lucide-react";
import { useCallback } from "react";

import { useNow } from "../../app/now.ts";
import { Part } from "../Page.tsx";
import { Paged } from "../Paged.tsx";
import { usePages } from "../use-pages.ts";
import { words } from "./en.ts";
import {
  type Delivery,
  type Integration,
  isSignedOtherwise,
  loadDeliveries,
  PAGE_SIZE,
} from "./integrations.ts";

interface DeliveriesProps {
  integration: Integration;
  /** What is known of the shop may be another by now, too. */
  onLook: () => void;
}

/** What a shop sent, newest first, and what became of it. */
export function Deliveries({ integration, onLook }: DeliveriesProps) {
  const { id } = integration;
  const now = useNow();
  const load = useCallback((page: number) => loadDeliveries(id, page), [id]);
  const pages = usePages(load, PAGE_SIZE);
  const look = () => {
    pages.reload();
    onLook();
  };
  const again = (
    <button type="button" className="button" onClick={look}>
      <RotateCw size={14} aria-hidden="true" />
      {words.refresh}
    </button>
  );
  return (
    <Part title={words.deliveries} text={words.deliveriesText} action={again}>
      {isSignedOtherwise(integration) && (
        <p className="settings-page__warning" role="status">
          {words.otherSecretText(relativeTime(integration.unsignedAt ?? "", now))}
        </p>
      )}
      <Paged pages={pages} more={words.earlier}>
        {(deliveries) =>
          deliveries.length === 0 ? (
            <p className="field__hint">{words.noDeliveries}</p>
          ) : (
            <Arrived deliveries={deliveries} />
          )
        }
      </Paged>
    </Part>
  );
}

function Arrived({ deliveries }: { deliveries: readonly Delivery[] }) {
  return (
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
  );
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const now = useNow();
  const { topic, outcome, detail, at } = delivery;
  return (
    <tr>
      <td>
        <code>{wrapping(topic)}</code>
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

/** `orders/updated` may be cut behind its sign. */
function wrapping(topic: string) {
  const [kind, ...rest] = topic.split(/(?<=[/.])/u);
  return (
    <>
      {kind}
      <wbr />
      {rest.join("")}
    </>
  );
}

function outcomeWords(outcome: string): string {
  return words.outcomes[outcome] ?? outcome.replaceAll("_", " ");
}
