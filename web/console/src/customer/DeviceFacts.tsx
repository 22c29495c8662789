import { safeHref } from "@kithdesk/ui";
import { Fact } from "../app/Fact.tsx";
import { useNow } from "../app/now.ts";
import type { VisitContext } from "../desk/types.ts";
import { words } from "./en.ts";
import { localTime } from "./local-time.ts";
import { Section } from "./Section.tsx";

/** What the visitor writes from, and where they came from. */
export function DeviceFacts({ context }: { context: VisitContext }) {
  const now = useNow();
  const { device, browser, os, language, timeZone, referrer } = context;
  const isKnown = [device, browser, os, language, timeZone, referrer].some((fact) => fact !== null);
  if (!isKnown) return null;
  const time = timeZone === null ? null : localTime(now, timeZone);
  return (
    <Section title={words.device}>
      <dl className="facts">
        {device !== null && <Fact label={words.deviceKind}>{device}</Fact>}
        {browser !== null && <Fact label={words.browser}>{browser}</Fact>}
        {os !== null && <Fact label={words.system}>{os}</Fact>}
        {language !== null && <Fact label={words.language}>{languageName(language)}</Fact>}
        {time !== null && (
          <Fact label={words.timeZone}>
            <span title={timeZone ?? undefined}>{time}</span>
          </Fact>
        )}
        {referrer !== null && (
          <Fact label={words.referrer}>
            <Referrer address={referrer} />
          </Fact>
        )}
      </dl>
    </Section>
  );
}

function Referrer({ address }: { address: string }) {
  const href = safeHref(address);
  if (href === null) return address;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={address}>
      {new URL(href).host}
    </a>
  );
}

/** "de-AT" as the reader calls it; a tag that is none stays as it came. */
function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
