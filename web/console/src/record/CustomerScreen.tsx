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
import { CustomerTimeline } from "../timeline/Timeline.tsx";
import { words } from "./en.ts";
import "../customer/customer.css";
import "./record.css";

/** A customer by themselves, and everything that is known of them: the shop may know them before they write. */
export function CustomerScreen({ id }: { id: string }) {
  const customer = useCustomer(id);
  const [problem, setProblem] = useState<"missing" | "failed" | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    setProblem(null);
    loadCustomer(id).catch((error: unknown) => setProblem(isNotFound(error) ? "missing" : "failed"));
  }, [id, attempt]);
  if (customer !== undefined) return <Shown customer={customer} />;
  return (
    <div className="record">
      <Back />
      {problem === null ? (
        <div className="record__pane" aria-hidden="true">
          <span className="skeleton skeleton--name" />
          <span className="skeleton skeleton--text" />
        </div>
      ) : (
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

function Back() {
  return (
    <button type="button" className="button button--quiet record__back" onClick={() => history.back()}>
      <ArrowLeft size={15} aria-hidden="true" />
      {words.back}
    </button>
  );
}

const SIDES = ["timeline", "record"] as const;

/** Where there is no room for both, one of them is seen. */
function Shown({ customer }: { customer: Customer }) {
  const { id, displayName } = customer;
  const [side, setSide] = useState<(typeof SIDES)[number]>("timeline");
  return (
    <div className={`alone alone--${side}`}>
      <div className="alone__top">
        <Back />
        <bdi className="alone__name">{displayName}</bdi>
        <fieldset className="alone__sides">
          <legend className="sr-only">{words.show}</legend>
          {SIDES.map((one) => (
            <label key={one} className="alone__side">
              <input type="radio" name="side" checked={side === one} onChange={() => setSide(one)} />
              <span>{words.sides[one]}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <div className="alone__timeline">
        <CustomerTimeline key={id} customer={id} customerName={displayName} />
      </div>
      <RecordOf customer={customer} />
    </div>
  );
}

/** Beside a conversation the others are listed without it; here there is none. */
const NONE_OPEN = "";

function RecordOf({ customer }: { customer: Customer }) {
  const { id, displayName, claims } = customer;
  const { state, others } = useOtherConversations(id, NONE_OPEN);
  return (
    <section className="alone__record" aria-label={customerWords.label}>
      <Who id={id} name={displayName} customer={customer} timeZone={null} />
      <div className="customer__sections">
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
      </div>
    </section>
  );
}
