import { ArrowLeft } from "lucide-react";
import { type Ref, useEffect, useRef, useState } from "react";

import { isNotFound } from "../api/errors.ts";
import { Attributes } from "../customer/Attributes.tsx";
import { ContactFacts } from "../customer/ContactFacts.tsx";
import { useOtherConversations } from "../customer/earlier.ts";
import { useCustomer } from "../customer/edits.ts";
import { words as customerWords } from "../customer/en.ts";
import { keepFresh } from "../customer/fresh.ts";
import { Objects } from "../customer/Objects.tsx";
import { OtherConversations } from "../customer/OtherConversations.tsx";
import { NamedFacts, Section } from "../customer/Section.tsx";
import { Sessions } from "../customer/Sessions.tsx";
import { Tags } from "../customer/Tags.tsx";
import { Watchers } from "../customer/Watchers.tsx";
import { Who } from "../customer/Who.tsx";
import { loadCustomer } from "../desk/load.ts";
import { currentDesk } from "../desk/store.ts";
import type { Customer } from "../desk/types.ts";
import { Duplicates } from "../merging/Duplicates.tsx";
import { go } from "../navigation/navigation.ts";
import { formatRoute } from "../navigation/route.ts";
import { CustomerTimeline } from "../timeline/Timeline.tsx";
import { words } from "./en.ts";
import { isTypedIn, type Living, leadOn, useFate } from "./fate.ts";
import "../customer/customer.css";
import "./record.css";

/** A customer by themselves, and everything that is known of them: the shop may know them before they write. */
export function CustomerScreen({ id }: { id: string }) {
  const screen = useRef<HTMLDivElement>(null);
  const known = useCustomer(id);
  const fate = useFate(id);
  const { problem, again } = useLoaded(id);
  const last = useRef<Customer>(undefined);
  // A record that was merged away answers as the one that it is part of, which has a screen of its own.
  if (known?.id === id) last.current = known;
  const customer = last.current;
  useEffect(() => {
    if (fate === null || fate === "removed" || isTypedIn(screen.current)) return;
    leadOn(fate, last.current?.displayName ?? "");
  }, [fate]);
  if (customer !== undefined && fate !== "removed")
    return <Shown customer={customer} living={fate} screen={screen} />;
  return (
    <div className="record">
      <Back />
      {problem === null && fate === null ? (
        <div className="record__pane" aria-hidden="true">
          <span className="skeleton skeleton--name" />
          <span className="skeleton skeleton--text" />
        </div>
      ) : (
        <NotThere isGone={problem !== "failed"} onRetry={again} />
      )}
    </div>
  );
}

function useLoaded(id: string) {
  const [problem, setProblem] = useState<"missing" | "failed" | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    setProblem(null);
    loadCustomer(id).then(
      () => {
        const living = currentDesk().customers.get(id)?.id ?? id;
        if (living !== id) go({ screen: "customer", id: living }, "replace");
      },
      (error: unknown) => setProblem(isNotFound(error) ? "missing" : "failed"),
    );
  }, [id, attempt]);
  useEffect(() => keepFresh(id), [id]);
  return { problem, again: () => setAttempt(attempt + 1) };
}

function NotThere({ isGone, onRetry }: { isGone: boolean; onRetry: () => void }) {
  return (
    <div className="empty" role="alert">
      <p className="empty__title">{isGone ? words.goneTitle : customerWords.failed}</p>
      {isGone ? (
        <p className="empty__text">{words.goneText}</p>
      ) : (
        <button type="button" className="button" onClick={onRetry}>
          {words.tryAgain}
        </button>
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

interface ShownProps {
  customer: Customer;
  /** What it has become part of, under whoever is typing in it. */
  living: Living | null;
  screen: Ref<HTMLDivElement>;
}

/** Where there is no room for both, one of them is seen. */
function Shown({ customer, living, screen }: ShownProps) {
  const { id, displayName } = customer;
  const [side, setSide] = useState<(typeof SIDES)[number]>("timeline");
  return (
    <div className={`alone alone--${side}`} ref={screen}>
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
        <CustomerTimeline
          key={living?.id ?? id}
          customer={living?.id ?? id}
          customerName={living?.name ?? displayName}
        />
      </div>
      <RecordOf customer={customer} living={living} />
    </div>
  );
}

/** Beside a conversation the others are listed without it; here there is none. */
const NONE_OPEN = "";

function RecordOf({ customer, living }: Omit<ShownProps, "screen">) {
  const { id, displayName, claims } = customer;
  const { state, others } = useOtherConversations(id, NONE_OPEN);
  return (
    <section className="alone__record" aria-label={customerWords.label}>
      <div role="status">
        {living !== null && (
          <p className="alone__notice">
            {words.isPartOf(displayName, living.name)} {words.goesThere}{" "}
            <a className="text-button" href={formatRoute({ screen: "customer", id: living.id })}>
              {words.open(living.name)}
            </a>
          </p>
        )}
      </div>
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
