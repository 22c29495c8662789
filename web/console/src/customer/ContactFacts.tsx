import { exactTime, relativeTime, safeHref } from "@kithdesk/ui";
import { BadgeCheck, Mail, Phone } from "lucide-react";

import { useNow } from "../app/now.ts";
import type { Customer } from "../desk/types.ts";
import { words } from "./en.ts";
import { Fact, Section, Unproven } from "./Section.tsx";

/** How to reach the customer, and how sure we are that it is theirs. */
export function ContactFacts({ customer }: { customer: Customer }) {
  const now = useNow();
  const { emails, phones, externalId, createdAt, lastSeenAt } = customer;
  return (
    <Section title={words.contact}>
      <dl className="facts">
        {emails.map(({ email, verified }) => (
          <Fact key={email} label={words.email} icon={<Mail size={14} aria-hidden="true" />}>
            <Proven text={email} href={safeHref(`mailto:${email}`)} isProven={verified} />
          </Fact>
        ))}
        {phones.map(({ phone, verified }) => (
          <Fact key={phone} label={words.phone} icon={<Phone size={14} aria-hidden="true" />}>
            <Proven text={phone} href={`tel:${phone.replace(/[^+\d]/gu, "")}`} isProven={verified} />
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

function Proven({ text, href, isProven }: { text: string; href: string | null; isProven: boolean }) {
  return (
    <span className="proven">
      {href === null ? (
        <span className="proven__text" title={text}>
          {text}
        </span>
      ) : (
        <a className="proven__text" href={href} title={text}>
          {text}
        </a>
      )}
      {isProven ? (
        <span className="proven__mark" title={words.verifiedHint}>
          <BadgeCheck size={13} aria-hidden="true" />
          <span className="sr-only">{words.verified}</span>
        </span>
      ) : (
        <Unproven />
      )}
    </span>
  );
}
