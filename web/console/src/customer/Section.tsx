import { CircleHelp } from "lucide-react";
import { type ReactNode, useId } from "react";

import { words } from "./en.ts";

interface SectionProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of the pane. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <h2 className="section__title">
        <span id={id}>{title}</span>
        {aside}
      </h2>
      {children}
    </section>
  );
}

interface FactProps {
  label: string;
  /** Stands for the label where the value needs the room. */
  icon?: ReactNode;
  children: ReactNode;
}

export function Fact({ label, icon, children }: FactProps) {
  return (
    <div className={`facts__fact ${icon === undefined ? "" : "facts__fact--icon"}`}>
      <dt title={label}>
        {icon}
        <span className={icon === undefined ? "" : "sr-only"}>{label}</span>
      </dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}

interface NamedFactsProps {
  title: string;
  isClaim?: boolean;
  facts: readonly (readonly [name: string, value: string])[];
}

/** Kustomer writes an attribute's type at the end of its name. The value shows it. */
const TYPE_SUFFIX = /([\p{Ll}\p{N}])(?:Str|Num|At|Bool|Url|Txt)$/u;

/** Facts that the organisation or the visitor named themselves. */
export function NamedFacts({ title, isClaim = false, facts }: NamedFactsProps) {
  if (facts.length === 0) return null;
  return (
    <Section title={title} aside={isClaim && <Unproven isClaim />}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <Fact key={name} label={spaced(name.replace(TYPE_SUFFIX, "$1"))}>
            {value}
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

/** The mark of what nobody has proven: on record here, or only claimed by the visitor. */
export function Unproven({ isClaim = false }: { isClaim?: boolean }) {
  return (
    <span
      className={isClaim ? "unproven unproven--claim" : "unproven"}
      title={isClaim ? words.claimedHint : words.unverifiedHint}
    >
      <CircleHelp size={12} aria-hidden="true" />
      {isClaim ? words.claimed : words.unverified}
    </span>
  );
}

/** `loyaltyTier` reads as "Loyalty tier". */
function spaced(name: string): string {
  const plain = name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/[_-]+/gu, " ")
    .toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
