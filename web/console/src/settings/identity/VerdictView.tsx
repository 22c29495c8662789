import { exactTime } from "@kithdesk/ui";
import { CircleCheck, CircleX } from "lucide-react";
import type { ReactNode } from "react";

import { formatRoute } from "../../navigation/route.ts";
import { words } from "./en.ts";
import { partsOf, type Verdict } from "./identity.ts";

/** What the chat says to a token, why, and what is in it. */
export function VerdictView({ verdict }: { verdict: Verdict }) {
  const { isAccepted, explanation, header, claims } = verdict;
  const Icon = isAccepted ? CircleCheck : CircleX;
  return (
    <div className={`verdict ${isAccepted ? "verdict--accepted" : "verdict--refused"}`}>
      <p className="verdict__title">
        <Icon size={16} aria-hidden="true" />
        {isAccepted ? words.accepted : words.refused}
      </p>
      {!isAccepted && (
        <p className="verdict__why">
          <Sentence text={explanation} />
        </p>
      )}
      <Facts verdict={verdict} />
      {(header !== null || claims !== null) && (
        <div className="verdict__parts">
          <Json title={words.header} json={header} />
          <Json title={words.claims} json={claims} />
        </div>
      )}
    </div>
  );
}

function Facts({ verdict }: { verdict: Verdict }) {
  const { reason, identity, customer, name, issuedAt, ageSeconds, attributes, ignored } = verdict;
  return (
    <dl className="verdict__facts">
      {identity !== null && (
        <Fact label={words.who}>
          <bdi>{identity.value}</bdi> ({words.by[identity.by] ?? identity.by}).{" "}
          {customer === null ? (
            `${words.unknown}.`
          ) : (
            <a href={formatRoute({ screen: "customer", id: customer })}>{words.known}</a>
          )}
        </Fact>
      )}
      {name !== null && (
        <Fact label={words.name}>
          <bdi>{name}</bdi>
        </Fact>
      )}
      {issuedAt !== null && (
        <Fact label={words.age}>
          <time dateTime={issuedAt}>{words.ages(ageSeconds ?? 0, exactTime(issuedAt))}</time>
        </Fact>
      )}
      {attributes.length > 0 && (
        <Fact label={words.writes}>
          {attributes.map(([attribute, value]) => (
            <span key={attribute} className="verdict__line">
              <code>{attribute}</code> <bdi>{value}</bdi>
            </span>
          ))}
        </Fact>
      )}
      {ignored.length > 0 && (
        <Fact label={words.ignores}>
          {ignored.map((one) => (
            <span key={one.name} className="verdict__line">
              <code>{one.name}</code> <Sentence text={one.why} />
            </span>
          ))}
        </Fact>
      )}
      {reason !== null && (
        <Fact label={words.reason}>
          <code>{reason}</code>
        </Fact>
      )}
    </dl>
  );
}

/** What stands between backticks is code. */
function Sentence({ text: sentence }: { text: string }) {
  return partsOf(sentence).map(({ text, isCode }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence
    isCode ? <code key={index}>{text}</code> : text,
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="verdict__fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Json({ title, json }: { title: string; json: string | null }) {
  if (json === null) return null;
  return (
    <figure className="json">
      <figcaption className="json__title">{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="json__text" tabIndex={0}>
        {json}
      </pre>
    </figure>
  );
}
