import { useEffect, useRef, useState } from "react";

import { loadCustomer } from "../desk/load.ts";
import { useDesk } from "../desk/store.ts";
import type { Conversation, Customer } from "../desk/types.ts";
import { Duplicates } from "../merging/Duplicates.tsx";
import { Attributes } from "./Attributes.tsx";
import { ContactFacts } from "./ContactFacts.tsx";
import { DeviceFacts } from "./DeviceFacts.tsx";
import { useCustomer } from "./edits.ts";
import { words } from "./en.ts";
import { keepFresh } from "./fresh.ts";
import { Objects } from "./Objects.tsx";
import { OtherConversations } from "./OtherConversations.tsx";
import { PagePath } from "./PagePath.tsx";
import { NamedFacts } from "./Section.tsx";
import { Sessions } from "./Sessions.tsx";
import { Tags } from "./Tags.tsx";
import { Watchers } from "./Watchers.tsx";
import { Who } from "./Who.tsx";
import "./customer.css";
import "./editing.css";
import "./visits.css";

/** Everything about the person, in view without a click. */
export function CustomerPane({ conversation: id }: { conversation: string | null }) {
  const conversation = useDesk((desk) => (id === null ? undefined : desk.conversations.get(id)));
  return (
    <aside className="customer" aria-label={words.label}>
      {conversation !== undefined && <Loaded key={conversation.id} conversation={conversation} />}
    </aside>
  );
}

function Loaded({ conversation }: { conversation: Conversation }) {
  const { customer: id, context } = conversation;
  const known = useCustomer(id);
  const last = useRef<Customer>(undefined);
  // Whoever the conversation has become part of takes a moment to come: what is being typed meanwhile stays.
  if (known !== undefined) last.current = known;
  const customer = last.current;
  const [hasFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    setFailed(false);
    loadCustomer(id).catch(() => setFailed(true));
  }, [id, attempt]);
  useEffect(() => keepFresh(id), [id]);
  return (
    <>
      <Who
        id={id}
        name={customer?.displayName ?? conversation.customerName}
        customer={customer}
        timeZone={context.timeZone}
      />
      <div className="customer__sections">
        <Duplicates customer={id} />
        <PagePath context={context} seenAt={customer?.lastSeenAt ?? null} />
        {customer === undefined ? (
          <Pending hasFailed={hasFailed} onRetry={() => setAttempt(attempt + 1)} />
        ) : (
          <>
            <ContactFacts customer={customer} />
            <NamedFacts title={words.claims} isClaim facts={customer.claims} />
            <Objects customer={id} conversation={conversation.id} />
            <Attributes customer={customer} />
            <Tags customer={customer} />
          </>
        )}
        <OtherConversations customer={id} conversation={conversation.id} />
        <DeviceFacts context={context} />
        <Sessions key={id} customer={id} />
        {customer !== undefined && <Watchers customer={customer} />}
      </div>
    </>
  );
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
