import { ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";

import { isNotFound } from "../api/errors.ts";
import { Attributes } from "../customer/Attributes.tsx";
import { ContactFacts } from "../customer/ContactFacts.tsx";
import { useOtherConversations } from "../customer/earlier.ts";
import { useCustomer } from "../customer/edits.ts";
import { words as customerWords } from "../customer/en.ts";
import { Objects } from "../customer/Objects.tsx";
import { OtherConversations } from "../customer/OtherConversations.tsx";
import { NamedFacts, Section } from "../customer/Section.tsx";
import { Sessions } from "../customer/Sessions.tsx";
import { Tags } from "../customer/Tags.tsx";
import { Watchers } from "../customer/Watchers.tsx";
import { Who } from "../customer/Who.tsx";
import { loadCustomer } from "../desk/load.ts";
import type { Customer } from "../desk/types.ts";
import { Duplicates } from "../merging/Duplicates.tsx";
import { followCustomer } from "../timeline/follow.ts";
import { words } from "./en.ts";
import "../customer/customer.css";
import "./record.css";

/** A customer by themselves: the shop knows them, and they have not written yet. */
export function CustomerScreen({ id }: { id: string }) {
  const customer = useCustomer(id);
  const [problem, setProblem] = useState<"missing" | "failed" | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    setProblem(null);
    loadCustomer(id).catch((error: unknown) => setProblem(isNotFound(error) ? "missing" : "failed"));
  }, [id, attempt]);
  // Orders that come meanwhile come by the customer's topic.
  useEffect(() => followCustomer(id), [id]);
  return (
    <div className="record">
      <button type="button" className="button button--quiet record__back" onClick={() => history.back()}>
        <ArrowLeft size={15} aria-hidden="true" />
        {words.back}
      </button>
      {customer !== undefined && <Shown customer={customer} />}
      {customer === undefined && problem === null && (
        <div className="record__pane" aria-hidden="true">
          <span className="skeleton skeleton--name" />
          <span className="skeleton skeleton--text" />
        </div>
      )}
      {customer === undefined && problem !== null && (
        <div className="empty" role="alert">
          <p className="empty__title">{problem === "missing" ? words.goneTitle : customerWords.failed}</p>
          {problem === "missing" ? (
            <p className="empty__text">{words.goneText}</p>
          ) : (
            <button type="button" className="button" onClick={() => setAttempt(attempt + 1)}>
              {words.tryAgain}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Beside a conversation the others are listed without it; here there is none. */
const NONE_OPEN = "";

function Shown({ customer }: { customer: Customer }) {
  const { id, displayName, claims } = customer;
  const { state, others } = useOtherConversations(id, NONE_OPEN);
  return (
    <section className="record__pane" aria-label={customerWords.label}>
      <Who id={id} name={displayName} customer={customer} timeZone={null} />
      <Duplicates customer={id} />
      <ContactFacts customer={customer} />
      <NamedFacts title={customerWords.claims} isClaim facts={claims} />
      <Objects customer={id} conversation={null} />
      <Attributes customer={customer} />
      <Tags customer={customer} />
      {others.length > 0 ? (
        <OtherConversations customer={id} conversation={NONE_OPEN} />
      ) : (
        state === "ready" && (
          <Section title={words.conversations}>
            <p className="section__empty">{words.noConversation}</p>
          </Section>
        )
      )}
      <Sessions customer={id} />
      <Watchers customer={customer} />
    </section>
  );
}
