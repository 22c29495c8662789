import { Mail } from "lucide-react";

import type { Message } from "../desk/types.ts";
import { isAbout, namesOf } from "./emails.ts";
import { words } from "./en.ts";
import { Text } from "./Text.tsx";
import "./email.css";

/** An e-mail: what it is about, whom it went between, and its text as it was written. */
export function EmailText({ message }: { message: Message }) {
  const { email, body } = message;
  return (
    <article className="email" aria-label={words.emailAbout(isAbout(message))}>
      <p className="email__subject">
        <Mail className="email__sign" size={14} aria-hidden="true" />
        <span dir="auto">{isAbout(message)}</span>
      </p>
      {email !== undefined && <Between email={email} />}
      {body !== "" && (
        <p className="email__text" dir="auto">
          <Text text={body} />
        </p>
      )}
    </article>
  );
}

type Email = NonNullable<Message["email"]>;
type Mailbox = Email["to"][number];

/** One line of who wrote to whom; the addresses, to whom wants to know. */
function Between({ email }: { email: Email }) {
  const { from, to, cc, bcc } = email;
  const rows = [
    [words.emailFrom, from === null ? [] : [from]],
    [words.emailTo, to],
    [words.emailCc, cc],
    [words.emailBcc, bcc],
  ] as const;
  const shown = rows.filter(([, boxes]) => boxes.length > 0);
  if (shown.length === 0) return null;
  return (
    <details className="email__between">
      <summary className="email__summary" dir="auto">
        {namesOf(email)}
      </summary>
      <dl className="email__addresses">
        {shown.map(([label, boxes]) => (
          <div key={label} className="email__row">
            <dt>{label}</dt>
            <dd>
              {boxes.map((box, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an address may stand there twice, and they never change
                <Address key={index} box={box} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Address({ box: { email, name } }: { box: Mailbox }) {
  return (
    <span className="email__address">
      {name !== null && <bdi>{name} </bdi>}
      <bdi>{name === null ? email : `<${email}>`}</bdi>
    </span>
  );
}
