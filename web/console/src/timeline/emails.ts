import type { Message } from "../desk/types.ts";
import { words } from "./en.ts";

type Email = NonNullable<Message["email"]>;

const SHOWN = 2;

/** What an e-mail is about, in words also where it does not say. */
export function isAbout({ email }: Message): string {
  return email?.subject ?? words.emailNoSubject;
}

/** Who wrote to whom, as short as it can be said. */
export function namesOf({ from, to, cc, bcc }: Email): string {
  const others = [...to, ...cc, ...bcc].map(nameOf);
  const left = others.length - SHOWN;
  const shown = others.slice(0, SHOWN).join(", ");
  return words.emailBetween(
    from === null ? null : nameOf(from),
    left > 0 ? `${shown} ${words.more(left)}` : shown,
  );
}

/** All of an e-mail that one may look for. */
export function wordsOfEmail({ subject, from, to, cc, bcc }: Email): string[] {
  const boxes = [...(from === null ? [] : [from]), ...to, ...cc, ...bcc];
  return [subject ?? "", ...boxes.flatMap(({ email, name }) => [email, name ?? ""])];
}

function nameOf({ name, email }: Email["to"][number]): string {
  return name ?? email;
}
