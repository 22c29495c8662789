import type { AgentEvent } from "@kithdesk/api-client";
import { Fragment, useEffect, useRef, useState } from "react";

import { loadCustomer } from "../desk/load.ts";
import { useDesk } from "../desk/store.ts";
import type { Conversation, Customer } from "../desk/types.ts";
import { hearInbox } from "../live/inbox-topic.ts";
import { useAgainWhenOnline } from "../live/use-again.ts";
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
  const { person, customer } = usePerson(id);
  const [hasFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    setFailed(false);
    loadCustomer(id).catch(() => setFailed(true));
  }, [id, attempt]);
  useAgainWhenOnline(hasFailed, () => setAttempt(attempt + 1));
  useEffect(() => keepFresh(id), [id]);
  return (
    <Fragment key={person}>
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
    </Fragment>
  );
}

interface Person {
  /** Another number is another person, of whom nothing that was shown or typed before is true. */
  readonly person: number;
  readonly id: string;
  /** The records that theirs has become part of since, the latest last. */
  readonly next: readonly string[];
  readonly customer: Customer | undefined;
}

/**
 * Whose conversation it is. A record that theirs has become part of takes a moment to come: until then what was known
 * of them is shown, and what is being typed stays. Of somebody else nothing does.
 */
function usePerson(id: string): Person {
  const known = useCustomer(id);
  const last = useRef<Person>({ person: 0, id, next: [], customer: undefined });
  if (last.current.id !== id) last.current = movedTo(id, last.current);
  if (known !== undefined) last.current = { ...last.current, customer: known };
  useEffect(
    () =>
      // The inbox tells of it before the conversation is drawn with its new customer.
      hearInbox((events) => {
        for (const event of events) last.current = { ...last.current, next: nextAfter(event, last.current) };
      }),
    [],
  );
  return last.current;
}

function movedTo(id: string, { person, next, customer }: Person): Person {
  const at = next.indexOf(id);
  return at < 0
    ? { person: person + 1, id, next: [], customer: undefined }
    : { person, id, next: next.slice(at + 1), customer };
}

function nextAfter({ kind, data }: AgentEvent, { id, next }: Person): readonly string[] {
  const isTheirs = (record: string) => record === id || next.includes(record);
  if (kind === "customer.merged" && isTheirs(data.from)) return [...next, data.customer];
  if (kind === "customer.unmerged" && isTheirs(data.customer)) return next.filter((one) => one !== data.of);
  return next;
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
