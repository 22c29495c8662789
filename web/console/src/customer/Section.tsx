import { CircleHelp } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Fact } from "../app/Fact.tsx";
import { labelOf } from "../attributes/names.ts";
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

interface NamedFactsProps {
  title: string;
  isClaim?: boolean;
  facts: readonly (readonly [name: string, value: string])[];
}

/** Facts that the organisation or the visitor named themselves. */
export function NamedFacts({ title, isClaim = false, facts }: NamedFactsProps) {
  if (facts.length === 0) return null;
  return (
    <Section title={title} aside={isClaim && <Unproven isClaim />}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <Fact key={name} label={labelOf(name)}>
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
