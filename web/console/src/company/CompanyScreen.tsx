import type { AgentEvent } from "@kithdesk/api-client";
import { ArrowLeft, Building2, Pencil } from "lucide-react";
import { useEffect, useState } from "react";
import { Fact } from "../app/Fact.tsx";
import { words as customerWords } from "../customer/en.ts";
import { Section } from "../customer/Section.tsx";
import { TextEditor } from "../customer/TextEditor.tsx";
import { hearInbox } from "../live/inbox-topic.ts";
import { ObjectCard } from "../objects/ObjectCard.tsx";
import { CustomerRows } from "../views/CustomerRows.tsx";
import { CompanyFact } from "./CompanyFact.tsx";
import { type Company, loadMembers, type Members } from "./company.ts";
import { words } from "./en.ts";
import { attributesOf, FIELDS, NAME } from "./fields.ts";
import { type Save, useCompany } from "./use-company.ts";
import { useField } from "./use-field.ts";
import "../customer/customer.css";
import "../customer/editing.css";
import "../record/record.css";
import "../views/view-nav.css";
import "./company.css";

/** A company: what is known of it, each changed where it stands, and its customers. */
export function CompanyScreen({ id }: { id: string }) {
  const { shown, load, save } = useCompany(id);
  return (
    <div className="record">
      <button type="button" className="button button--quiet record__back" onClick={() => history.back()}>
        <ArrowLeft size={15} aria-hidden="true" />
        {words.back}
      </button>
      {shown.state === "ready" && <Shown company={shown.company} onSave={save} />}
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

function Shown({ company, onSave }: { company: Company; onSave: Save }) {
  const { id, record, others, objects } = company;
  return (
    <section className="record__pane" aria-label={words.label}>
      <header className="who">
        <span className="company__mark" aria-hidden="true">
          <Building2 size={18} strokeWidth={1.75} />
        </span>
        <div className="who__words">
          <Name company={company} onSave={onSave} />
        </div>
      </header>
      <Section title={words.about}>
        <dl className="facts">
          {[...FIELDS, ...attributesOf(company)].map((field) => (
            <CompanyFact key={field.declared.name} field={field} record={record} onSave={onSave} />
          ))}
          {others.map(([name, value]) => (
            <Fact key={name} label={customerWords.others[name] ?? name}>
              {value}
            </Fact>
          ))}
        </dl>
      </Section>
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

function Name({ company: { name, record }, onSave }: { company: Company; onSave: Save }) {
  const { isOpen, problem, draft, opener, open, save, close } = useField(NAME, NAME.read(record), onSave);
  if (isOpen) {
    return (
      <>
        <h1 className="sr-only">{name}</h1>
        <TextEditor
          label={NAME.declared.label}
          value={draft(name)}
          problem={problem}
          onSave={(typed) => (typed === "" || typed === name ? close() : save(typed))}
          onCancel={close}
        />
      </>
    );
  }
  return (
    <h1 className="who__name">
      <bdi>{name}</bdi>
      <button
        ref={opener}
        type="button"
        className="pencil"
        aria-label={words.editName}
        onClick={() => open()}
      >
        <Pencil size={12} aria-hidden="true" />
      </button>
    </h1>
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
  useEffect(
    () =>
      hearInbox((events) => {
        if (!events.some((event) => isMove(event, company))) return;
        loadMembers(company, 1).then(
          (first) => {
            setMembers(first);
            setPage(1);
          },
          () => undefined,
        );
      }),
    [company],
  );
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

/** Somebody joins the company, or leaves it. */
function isMove(event: AgentEvent, company: string): boolean {
  switch (event.kind) {
    case "customer.created":
      return event.data.customer.company === company;
    case "customer.updated": {
      const { company: moved } = event.data.changes;
      return moved !== undefined && (moved.before === company || moved.after === company);
    }
    // These are rare, and do not say of which company anybody is.
    case "customer.removed":
    case "customer.merged":
    case "customer.unmerged":
      return true;
    default:
      return false;
  }
}

function together(before: Members, more: Members): Members {
  const known = new Set(before.records.map(({ id }) => id));
  return {
    records: [...before.records, ...more.records.filter(({ id }) => !known.has(id))],
    total: more.total,
  };
}
