import { exactTime, relativeTime } from "@kithdesk/ui";
import { ArrowLeftRight, TriangleAlert } from "lucide-react";
import { useEffect, useMemo, useState } from "react";

import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { Avatar } from "../app/Avatar.tsx";
import { useNow } from "../app/now.ts";
import { loadCustomerAttributes, useCustomerAttributes } from "../customer/customer-attributes.ts";
import { customerFromResource } from "../desk/reading.ts";
import type { Customer } from "../desk/types.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { fetchPreview, type Moves, type Preview } from "./api.ts";
import { words } from "./en.ts";
import { MergePicker } from "./MergePicker.tsx";
import { mergeInto, startMerge, useMerging } from "./merging.ts";
import { type Line, linesOf } from "./preview-words.ts";
import { isSameName, tellingOf } from "./telling.ts";
import "./merging.css";

/** First with whom, then what would come of it, side by side. */
export function MergeSheet({ onClose }: { onClose: () => void }) {
  const merging = useMerging((state) => state.merging);
  if (merging === null) return null;
  const { customer, other } = merging;
  if (other === null)
    return <MergePicker customer={customer} onPick={(id) => startMerge(customer, id)} onClose={onClose} />;
  return <Comparison key={`${customer} ${other}`} customer={customer} other={other} onClose={onClose} />;
}

interface ComparisonProps {
  customer: string;
  other: string;
  onClose: () => void;
}

/** Both records, and what a merge would make of them one way. */
interface Compared {
  readonly source: Customer;
  readonly target: Customer;
  readonly preview: Preview;
}

function Comparison({ customer, other, onClose }: ComparisonProps) {
  const [isSwapped, setSwapped] = useState<boolean | null>(null);
  const [compared, setCompared] = useState<Compared | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isMerging, setMerging] = useState(false);
  useEffect(() => {
    let isOver = false;
    setProblem(null);
    compare(customer, other, isSwapped).then(
      (found) => !isOver && setCompared(found),
      (error: unknown) => !isOver && setProblem(wordsFor(error)),
    );
    loadCustomerAttributes().catch(() => undefined);
    return () => {
      isOver = true;
    };
  }, [customer, other, isSwapped]);
  const confirm = async ({ source, target }: Compared) => {
    setMerging(true);
    try {
      await mergeInto(personOf(source), personOf(target));
      onClose();
    } catch (error) {
      setProblem(wordsFor(error));
      setMerging(false);
    }
  };
  return (
    <Sheet title={words.title} anchor={null} onClose={onClose} className="sheet--merge">
      <div className="merge" aria-busy={compared === null && problem === null}>
        <h2 className="merge__title">{words.title}</h2>
        {compared === null && problem === null && <Skeleton />}
        {compared !== null && (
          <Both compared={compared} onSwap={() => setSwapped(compared.target.id !== other)} />
        )}
        {problem !== null && (
          <p className="merge__problem" role="alert">
            {compared === null ? `${words.previewFailed} ` : ""}
            {problem}
          </p>
        )}
        <footer className="merge__foot">
          <p className="merge__undoable">{words.undoable}</p>
          <span className="merge__actions">
            <button type="button" className="button button--quiet" onClick={onClose}>
              {words.cancel}
            </button>
            <button
              type="button"
              className="button button--primary"
              disabled={compared === null || isMerging}
              onClick={() => compared !== null && void confirm(compared)}
            >
              {isMerging ? words.merging : words.merge}
            </button>
          </span>
        </footer>
      </div>
    </Sheet>
  );
}

/** Unless it was said which way: the one who is on record stays, and an anonymous visitor becomes part of them. */
async function compare(customer: string, other: string, isSwapped: boolean | null): Promise<Compared> {
  const [one, two] = await Promise.all([fetchCustomer(customer), fetchCustomer(other)]);
  const isOtherTarget = isSwapped ?? weightOf(two) > weightOf(one);
  const [source, target] = isOtherTarget ? [one, two] : [two, one];
  return { source, target, preview: await fetchPreview(source.id, target.id) };
}

async function fetchCustomer(id: string): Promise<Customer> {
  return customerFromResource((await api.get(`/v1/customers/${id}`)).data);
}

function weightOf({ identified, externalId, name, emails, phones }: Customer): number {
  return (
    (identified ? 8 : 0) +
    (externalId === null ? 0 : 4) +
    (emails.length + phones.length > 0 ? 2 : 0) +
    (name === null ? 0 : 1)
  );
}

function personOf({ id, displayName }: Customer) {
  return { id, name: displayName };
}

function Both({ compared, onSwap }: { compared: Compared; onSwap: () => void }) {
  const { source, target, preview } = compared;
  const attributes = useCustomerAttributes();
  const lines = useMemo(
    () => linesOf(preview.fields, new Map((attributes ?? []).map((declared) => [declared.name, declared]))),
    [preview, attributes],
  );
  return (
    <>
      <p className="merge__intro">
        <Whom customer={source} namesake={target} /> {words.becomesPartOf}{" "}
        <Whom customer={target} namesake={source} />.
      </p>
      {preview.warnings.map((warning) => (
        <p key={warning} className="merge__warning">
          <TriangleAlert size={15} aria-hidden="true" />
          {warning}
        </p>
      ))}
      <section
        className="merge__table"
        aria-label={words.title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">
                <Head customer={source} what={words.joins} />
              </th>
              <th scope="col">
                <Head customer={target} what={words.keeps} />
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.name} line={line} />
            ))}
          </tbody>
        </table>
        {lines.length === 0 && <p className="merge__same">{words.same(target.displayName)}</p>}
      </section>
      <div className="merge__below">
        <p className="merge__moves">{movesWords(preview.moves)}</p>
        <button type="button" className="button button--quiet" onClick={onSwap}>
          <ArrowLeftRight size={14} aria-hidden="true" />
          {words.swap}
        </button>
      </div>
    </>
  );
}

/** Two of one name are told apart by what else is known of them. */
function Whom({ customer, namesake }: { customer: Customer; namesake: Customer }) {
  const isNamesake = isSameName(customer.displayName, namesake.displayName);
  const telling = isNamesake ? tellingOf(customer, namesake) : null;
  return (
    <>
      <bdi>{customer.displayName}</bdi>
      {telling !== null && (
        <>
          {" "}
          (<bdi>{telling}</bdi>)
        </>
      )}
    </>
  );
}

function Head({ customer, what }: { customer: Customer; what: string }) {
  const now = useNow();
  const address = customer.emails[0]?.email ?? customer.phones[0]?.phone ?? null;
  return (
    <span className="merge__head">
      <Avatar id={customer.id} name={customer.displayName} />
      <span className="merge__who">
        <bdi>{customer.displayName}</bdi>
        <span className="merge__what">{what}</span>
        {address !== null && address !== customer.displayName && (
          <span className="merge__what merge__what--address">{address}</span>
        )}
        <span className="merge__what" title={exactTime(customer.createdAt)}>
          {words.since(relativeTime(customer.createdAt, now))}
        </span>
      </span>
    </span>
  );
}

function Row({ line }: { line: Line }) {
  const { label, source, target, kept } = line;
  return (
    <tr>
      <th scope="row">{label}</th>
      <Cell text={source} isKept={kept !== "target"} />
      <Cell text={target} isKept={kept !== "source"} />
    </tr>
  );
}

function Cell({ text, isKept }: { text: string | null; isKept: boolean }) {
  if (text === null) {
    return (
      <td className="merge__none">
        <span aria-hidden="true">–</span>
        <span className="sr-only">{words.nothing}</span>
      </td>
    );
  }
  return (
    <td className={isKept ? undefined : "merge__dropped"} dir="auto">
      {isKept ? <span>{text}</span> : <del>{text}</del>}
      <span className="sr-only"> ({isKept ? words.isKept : words.isNotKept})</span>
    </td>
  );
}

function movesWords({ conversations, kobjects, visitors }: Moves): string {
  const parts = [
    conversations > 0 ? words.conversations(conversations) : null,
    kobjects > 0 ? words.kobjects(kobjects) : null,
    visitors > 0 ? words.visitors(visitors) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? words.movesNothing : `${words.moves}: ${parts.join(", ")}`;
}

function Skeleton() {
  return (
    <div className="merge__skeleton">
      <p className="sr-only">{words.loading}</p>
      <span className="skeleton skeleton--title" />
      <span className="skeleton skeleton--text" />
      <span className="skeleton skeleton--text" />
      <span className="skeleton skeleton--name" />
    </div>
  );
}
