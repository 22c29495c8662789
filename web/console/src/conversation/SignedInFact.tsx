import { BadgeCheck, ShieldQuestionMark } from "lucide-react";
import { useId, useState } from "react";

import { useDesk } from "../desk/store.ts";
import type { Conversation, Customer } from "../desk/types.ts";
import { words } from "./en.ts";
import "./signed-in.css";

/**
 * Whether who writes here has proved to be the customer, and what that means; nothing where nobody wrote who could. On a
 * record that is somebody's it stands out: who reads the answer may be another.
 */
export function SignedInFact({ conversation }: { conversation: Conversation }) {
  const { signedIn, customer } = conversation;
  const isSomebody = useDesk((desk) => isKnown(desk.customers.get(customer)));
  return signedIn === null ? null : <Mark isSignedIn={signedIn} isSomebody={isSomebody} />;
}

interface MarkProps {
  isSignedIn: boolean;
  isSomebody: boolean;
}

function Mark({ isSignedIn, isSomebody }: MarkProps) {
  const id = useId();
  const [isExplained, setExplained] = useState(false);
  const Icon = isSignedIn ? BadgeCheck : ShieldQuestionMark;
  const text = isSignedIn
    ? words.signedInMeans
    : isSomebody
      ? words.notSignedInOnRecord
      : words.notSignedInMeans;
  return (
    <span
      className="signed-in"
      onPointerEnter={() => setExplained(true)}
      onPointerLeave={() => setExplained(false)}
    >
      <button
        type="button"
        className={`fact fact--button signed-in__mark ${!isSignedIn && isSomebody ? "signed-in__mark--risky" : ""}`}
        aria-describedby={id}
        onFocus={() => setExplained(true)}
        onBlur={() => setExplained(false)}
        onClick={() => setExplained(true)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !isExplained) return;
          event.stopPropagation();
          setExplained(false);
        }}
      >
        <Icon size={13} aria-hidden="true" />
        <span className="signed-in__words">{isSignedIn ? words.signedIn : words.notSignedIn}</span>
      </button>
      <span id={id} role="tooltip" className="signed-in__means" hidden={!isExplained}>
        {text}
      </span>
    </span>
  );
}

/** Whether the record holds anything that a stranger may not have. */
function isKnown(customer: Customer | undefined): boolean {
  if (customer === undefined) return false;
  const { identified, emails, phones, externalId } = customer;
  return identified || externalId !== null || emails.length > 0 || phones.length > 0;
}
