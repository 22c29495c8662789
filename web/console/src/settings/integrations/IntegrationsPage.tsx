import { relativeTime } from "@kithdesk/ui";
import { ChevronRight, Plus, Store } from "lucide-react";
import { useState } from "react";

import { useNow } from "../../app/now.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { formatRoute } from "../../navigation/route.ts";
import { showToast } from "../../toast/toast.ts";
import { useConfirmed } from "../confirming.tsx";
import { NothingYet, Page, WhenLoaded } from "../Page.tsx";
import type { PageProps } from "../pages.ts";
import { useLoaded } from "../use-loaded.ts";
import { ConnectSheet } from "./ConnectSheet.tsx";
import { words } from "./en.ts";
import { IntegrationPage } from "./IntegrationPage.tsx";
import {
  addIntegration,
  type Integration,
  isSignedOtherwise,
  loadIntegrations,
  type NewIntegration,
} from "./integrations.ts";
import "./integrations.css";

/** Shops that send their orders. */
export function IntegrationsPage({ path: [id] }: PageProps) {
  return id === undefined ? <Integrations /> : <IntegrationPage key={id} id={id} />;
}

function Integrations() {
  const { loaded, reload } = useLoaded(loadIntegrations);
  const [isAdding, setAdding] = useState(false);
  const { confirmed, sheet } = useConfirmed();
  const add = async (wanted: NewIntegration) => {
    const { id, name } = await confirmed(() => addIntegration(wanted));
    showToast(words.connected(name));
    goToSettings("integrations", id);
  };
  const addButton = (
    <button type="button" className="button button--primary" onClick={() => setAdding(true)}>
      <Plus size={15} aria-hidden="true" />
      {words.add}
    </button>
  );
  return (
    <Page title={words.title} text={words.text} action={addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(integrations) =>
          integrations.length === 0 ? (
            <NothingYet title={words.emptyTitle} text={words.emptyText} />
          ) : (
            <ul className="entries" aria-label={words.list}>
              {integrations.map((integration) => (
                <li key={integration.id}>
                  <IntegrationRow integration={integration} />
                </li>
              ))}
            </ul>
          )
        }
      </WhenLoaded>
      {isAdding && <ConnectSheet onConnect={add} onClose={() => setAdding(false)} />}
      {sheet}
    </Page>
  );
}

function IntegrationRow({ integration }: { integration: Integration }) {
  const now = useNow();
  const { id, name, provider, isEnabled, lastDeliveryAt } = integration;
  return (
    <a className="entries__entry" href={formatRoute({ screen: "settings", path: ["integrations", id] })}>
      <Store className="entries__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {name}
        </span>
        <span className="entries__facts">
          <span>{words.providers[provider]}</span>
          <span>
            {lastDeliveryAt === null ? words.neverHeard : words.heard(relativeTime(lastDeliveryAt, now))}
          </span>
        </span>
      </span>
      {isEnabled && isSignedOtherwise(integration) && (
        <span className="mark mark--waiting">{words.otherSecret}</span>
      )}
      {!isEnabled && <span className="mark">{words.off}</span>}
      <ChevronRight className="entries__more" size={16} aria-hidden="true" />
    </a>
  );
}
