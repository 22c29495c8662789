import { exactTime, relativeTime, safeHref } from "@kithdesk/ui";
import { BadgeCheck, Mail, Pencil, Phone, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Fact } from "../app/Fact.tsx";
import { useNow } from "../app/now.ts";
import type { Customer } from "../desk/types.ts";
import { AddressEditor } from "./AddressEditor.tsx";
import { type Address, addressesOf, fieldOf, listWith, wordsOfList } from "./addresses.ts";
import { AddCompany, Company } from "./Company.tsx";
import { Conflict } from "./Conflict.tsx";
import { words } from "./en.ts";
import { Section, Unproven } from "./Section.tsx";
import { useEditing } from "./use-editing.ts";

/** How to reach the customer, and how sure we are that it is theirs. */
export function ContactFacts({ customer }: { customer: Customer }) {
  const now = useNow();
  const { externalId, createdAt, lastSeenAt, others } = customer;
  const addresses = addressesOf(customer);
  return (
    <Section title={words.contact}>
      <dl className="facts">
        {addresses.map((address) => (
          <EditableAddress key={`${address.kind} ${address.value}`} customer={customer} address={address} />
        ))}
        <Company customer={customer} />
        <NewAddress customer={customer} isFirst={addresses.length === 0} />
        {others.map(([name, value]) => (
          <Fact key={name} label={words.others[name] ?? name}>
            {value}
          </Fact>
        ))}
        {externalId !== null && <Fact label={words.externalId}>{externalId}</Fact>}
        {createdAt !== "" && (
          <Fact label={words.firstSeen}>
            <time dateTime={createdAt} title={exactTime(createdAt)}>
              {relativeTime(createdAt, now)}
            </time>
          </Fact>
        )}
        {lastSeenAt !== null && (
          <Fact label={words.lastSeen}>
            <time dateTime={lastSeenAt} title={exactTime(lastSeenAt)}>
              {relativeTime(lastSeenAt, now)}
            </time>
          </Fact>
        )}
      </dl>
    </Section>
  );
}

const ICONS = { email: Mail, phone: Phone };

function EditableAddress({ customer, address }: { customer: Customer; address: Address }) {
  const { kind, value, type, isProven } = address;
  const field = fieldOf(kind);
  const editing = useEditing(customer.id, field);
  const [typed, setTyped] = useState(address);
  const Icon = ICONS[kind];
  const conflict = editing.conflict;
  return (
    <Fact
      label={`${words[kind]}, ${words.addressTypes[type] ?? type}`}
      icon={<Icon size={14} aria-hidden="true" />}
    >
      {editing.isOpen ? (
        <AddressEditor
          customer={customer.id}
          address={editing.problem === null ? address : typed}
          problem={editing.problem}
          owner={editing.owner}
          onSave={(next) => {
            setTyped(next);
            void editing.save(listWith(customer, address, next), words.didChange(words[kind]));
          }}
          onRemove={() => void editing.save(listWith(customer, address, null), words.didRemove(value))}
          onCancel={editing.close}
        />
      ) : (
        <Proven
          text={value}
          href={hrefOf(address)}
          type={words.addressTypes[type] ?? type}
          isProven={isProven}
        >
          <button
            ref={editing.opener}
            type="button"
            className="pencil"
            aria-label={words.edit(value)}
            onClick={editing.open}
          >
            <Pencil size={12} aria-hidden="true" />
          </button>
        </Proven>
      )}
      {conflict !== null && (
        <Conflict
          customer={customer.id}
          field={field}
          theirs={wordsOfList(conflict.theirs)}
          onMine={() => void editing.save(conflict.mine, words.didChange(words[kind]))}
          onTheirs={editing.close}
        />
      )}
    </Fact>
  );
}

function NewAddress({ customer, isFirst }: { customer: Customer; isFirst: boolean }) {
  // Whether it is one or the other is chosen in the editor; what the server says of either is said here.
  const emails = useEditing(customer.id, "emails");
  const phones = useEditing(customer.id, "phones");
  const failed = phones.isOpen ? phones : emails;
  const [typed, setTyped] = useState<Address | null>(null);
  if (!emails.isOpen && !phones.isOpen) {
    return (
      <div className="facts__add">
        <dt className="sr-only">{words.addAddress}</dt>
        <dd>
          <button ref={emails.opener} type="button" className="add" onClick={emails.open}>
            <Plus size={13} aria-hidden="true" />
            {isFirst ? words.addAddressFirst : words.addAddress}
          </button>
          <AddCompany customer={customer} />
        </dd>
      </div>
    );
  }
  return (
    <div className="facts__add">
      <dt className="sr-only">{words.addAddress}</dt>
      <dd>
        <AddressEditor
          customer={customer.id}
          address={failed.problem === null ? null : typed}
          problem={failed.problem}
          owner={failed.owner}
          onSave={(next) => {
            setTyped(next);
            emails.close();
            phones.close();
            const editing = next.kind === "email" ? emails : phones;
            void editing.save(listWith(customer, null, next), words.didAdd(next.value));
          }}
          onCancel={() => {
            phones.close();
            emails.close();
          }}
        />
      </dd>
    </div>
  );
}

function hrefOf({ kind, value }: Address): string | null {
  return kind === "email" ? safeHref(`mailto:${value}`) : `tel:${value.replace(/[^+\d]/gu, "")}`;
}

interface ProvenProps {
  text: string;
  href: string | null;
  type: string;
  isProven: boolean;
  children: ReactNode;
}

function Proven({ text, href, type, isProven, children }: ProvenProps) {
  const title = `${text} · ${type}`;
  return (
    <span className="proven">
      {href === null ? (
        <span className="proven__text" title={title}>
          {text}
        </span>
      ) : (
        <a className="proven__text" href={href} title={title}>
          {text}
        </a>
      )}
      <span className="proven__aside">
        {isProven ? (
          <span className="proven__mark" title={words.verifiedHint}>
            <BadgeCheck size={13} aria-hidden="true" />
            <span className="sr-only">{words.verified}</span>
          </span>
        ) : (
          <Unproven />
        )}
        {children}
      </span>
    </span>
  );
}
