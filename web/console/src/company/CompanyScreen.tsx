import { ArrowLeft, Building2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";

import { isNotFound, wordsFor } from "../api/errors.ts";
import { Fact, Section } from "../customer/Section.tsx";
import { ObjectCard } from "../objects/ObjectCard.tsx";
import { CustomerRows } from "../views/CustomerRows.tsx";
import { type Company, loadCompany, loadMembers, type Members } from "./company.ts";
import { words } from "./en.ts";
import "../customer/customer.css";
import "../record/record.css";
import "../views/view-nav.css";
import "./company.css";

type State =
  | { readonly state: "loading" }
  | { readonly state: "missing" }
  | { readonly state: "failed"; readonly problem: string }
  | { readonly state: "ready"; readonly company: Company };

/** A company: what is known of it, and its customers. */
export function CompanyScreen({ id }: { id: string }) {
  const [shown, setShown] = useState<State>({ state: "loading" });
  const load = useCallback(() => {
    setShown({ state: "loading" });
    loadCompany(id).then(
      (company) => setShown({ state: "ready", company }),
      (error: unknown) =>
        setShown(isNotFound(error) ? { state: "missing" } : { state: "failed", problem: wordsFor(error) }),
    );
  }, [id]);
  useEffect(load, [load]);
  return (
    <div className="record">
      <button type="button" className="button button--quiet record__back" onClick={() => history.back()}>
        <ArrowLeft size={15} aria-hidden="true" />
        {words.back}
      </button>
      {shown.state === "ready" && <Shown company={shown.company} />}
      {shown.state === "loading" && (
        <div className="record__pane section" aria-hidden="true">
          <span className="skeleton skeleton--name" />
          <span className="skeleton skeleton--text" />
        </div>
      )}
      {shown.state === "missing" && (
        <div className="empty" role="alert">
          <p className="empty__title">{words.goneTitle}</p>
          <p className="empty__text">{words.goneText}</p>
        </div>
      )}
      {shown.state === "failed" && (
        <div className="empty" role="alert">
          <p className="empty__title">{words.failed}</p>
          <p className="empty__text">{shown.problem}</p>
          <button type="button" className="button" onClick={load}>
            {words.tryAgain}
          </button>
        </div>
      )}
    </div>
  );
}

function Shown({ company }: { company: Company }) {
  const { id, name, domains, objects } = company;
  return (
    <section className="record__pane" aria-label={words.label}>
      <header className="who">
        <span className="company__mark" aria-hidden="true">
          <Building2 size={18} strokeWidth={1.75} />
        </span>
        <div className="who__words">
          <h1 className="who__name" dir="auto">
            {name}
          </h1>
          {domains.length > 0 && <p className="who__standing">{domains.join(", ")}</p>}
        </div>
      </header>
      <About company={company} />
      <Customers company={id} />
      {objects.length > 0 && (
        <Section title={words.objects}>
          <ul className="object-list">
            {objects.map((object, index) => (
              <li key={object.id}>
                <ObjectCard object={object} isFolded={index > 0} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </section>
  );
}

function About({ company: { facts, tags } }: { company: Company }) {
  if (facts.length + tags.length === 0) return null;
  return (
    <Section title={words.about}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <Fact key={name} label={words.facts[name] ?? name}>
            {value}
          </Fact>
        ))}
        {tags.length > 0 && <Fact label={words.tags}>{tags.join(", ")}</Fact>}
      </dl>
    </Section>
  );
}

function Customers({ company }: { company: string }) {
  const [{ records, total }, setMembers] = useState<Members>({ records: [], total: -1 });
  const [page, setPage] = useState(1);
  const [attempt, setAttempt] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isOver = false;
    setFailed(false);
    loadMembers(company, page).then(
      (more) => {
        if (!isOver) setMembers((before) => together(before, more));
      },
      () => !isOver && setFailed(true),
    );
    return () => {
      isOver = true;
    };
  }, [company, page, attempt]);
  const hasMore = records.length < total;
  return (
    <Section
      title={words.customers}
      aside={total > 0 && <span className="section__aside">{total.toLocaleString()}</span>}
    >
      {total === 0 && <p className="section__empty">{words.noCustomers}</p>}
      {records.length > 0 && (
        <div className="company__customers">
          <CustomerRows
            label={words.customers}
            records={records}
            open={null}
            onMore={hasMore ? () => setPage(page + 1) : undefined}
          />
        </div>
      )}
      {hasFailed && (
        <p className="section__empty" role="alert">
          {words.customersFailed}{" "}
          <button type="button" className="text-button" onClick={() => setAttempt(attempt + 1)}>
            {words.tryAgain}
          </button>
        </p>
      )}
    </Section>
  );
}

function together(before: Members, more: Members): Members {
  const known = new Set(before.records.map(({ id }) => id));
  return {
    records: [...before.records, ...more.records.filter(({ id }) => !known.has(id))],
    total: more.total,
  };
}
