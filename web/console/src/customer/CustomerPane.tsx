import { ArrowLeft, BadgeCheck } from "lucide-react";
import { useEffect, useState } from "react";

import { Avatar } from "../app/Avatar.tsx";
import { loadCustomer } from "../desk/load.ts";
import { useDesk } from "../desk/store.ts";
import type { Conversation, Customer } from "../desk/types.ts";
import { showPane } from "../navigation/navigation.ts";
import { ContactFacts } from "./ContactFacts.tsx";
import { DeviceFacts } from "./DeviceFacts.tsx";
import { words } from "./en.ts";
import { OtherConversations } from "./OtherConversations.tsx";
import { PagePath } from "./PagePath.tsx";
import { NamedFacts } from "./Section.tsx";
import "./customer.css";

/** Everything about the person, in view without a click. */
export function CustomerPane({ conversation: id }: { conversation: string | null }) {
  const conversation = useDesk((desk) => (id === null ? undefined : desk.conversations.get(id)));
  return (
    <aside className="customer" aria-label={words.label}>
      {conversation !== undefined && <Loaded key={conversation.customer} conversation={conversation} />}
    </aside>
  );
}

function Loaded({ conversation }: { conversation: Conversation }) {
  const { customer: id } = conversation;
  const customer = useDesk((desk) => desk.customers.get(id));
  const [hasFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    setFailed(false);
    loadCustomer(id).catch(() => setFailed(true));
  }, [id, attempt]);
  return (
    <>
      <Who name={customer?.displayName ?? conversation.customerName} id={id} customer={customer} />
      <div className="customer__sections">
        <PagePath context={conversation.context} seenAt={customer?.lastSeenAt ?? null} />
        {customer === undefined ? (
          <Pending hasFailed={hasFailed} onRetry={() => setAttempt(attempt + 1)} />
        ) : (
          <>
            <ContactFacts customer={customer} />
            <NamedFacts title={words.claims} isClaim facts={customer.claims} />
          </>
        )}
        <DeviceFacts context={conversation.context} />
        {customer !== undefined && <NamedFacts title={words.attributes} facts={customer.custom} />}
        <OtherConversations customer={id} conversation={conversation.id} />
      </div>
    </>
  );
}

function Who({ id, name, customer }: { id: string; name: string; customer: Customer | undefined }) {
  return (
    <header className="who">
      <button
        type="button"
        className="icon-button who__back"
        aria-label={words.back}
        onClick={() => showPane("main")}
      >
        <ArrowLeft size={18} aria-hidden="true" />
      </button>
      <Avatar id={id} name={name} size="large" />
      <div className="who__words">
        <h1 className="who__name">
          <bdi>{name}</bdi>
        </h1>
        {customer !== undefined && (
          <p className="who__standing">
            {customer.identified && <BadgeCheck className="who__mark" size={14} aria-hidden="true" />}
            {standingOf(customer)}
          </p>
        )}
      </div>
    </header>
  );
}

/** What the company wrote down of somebody makes a record, not an identity. */
function standingOf({ identified, name, emails, phones, externalId }: Customer): string {
  if (identified) return words.identified;
  const isOnRecord = name !== null || externalId !== null || emails.length + phones.length > 0;
  return isOnRecord ? words.known : words.visitor;
}

function Pending({ hasFailed, onRetry }: { hasFailed: boolean; onRetry: () => void }) {
  if (hasFailed) {
    return (
      <p className="section" role="alert">
        {words.failed}{" "}
        <button type="button" className="text-button" onClick={onRetry}>
          {words.tryAgain}
        </button>
      </p>
    );
  }
  return (
    <div className="section" aria-hidden="true">
      <span className="skeleton skeleton--name" />
      <span className="skeleton skeleton--text" />
    </div>
  );
}
