import { lazy, useEffect, useMemo, useState } from "react";

import { Fetched } from "../app/Fetched.tsx";
import type { Conversation } from "../desk/types.ts";
import { goToSearch } from "../navigation/navigation.ts";
import { closeBar, forgetBar, useBar } from "./bar.ts";
import { customerKey, followCustomer } from "./follow.ts";
import { Newest } from "./Newest.tsx";
import type { Subject } from "./subject.ts";
import { ViewBar } from "./ViewBar.tsx";
import { PLAIN } from "./view.ts";
import "./timeline.css";

// Rarely wanted: not worth the first load.
const StretchOf = lazy(() => import("./StretchOf.tsx").then((module) => ({ default: module.StretchOf })));

/** What happened in a conversation, or everything that its customer did, with a bar to choose what of it to see. */
export function Timeline({ conversation }: { conversation: Conversation }) {
  const { id, customer, customerName } = conversation;
  const isOver = conversation.status === "done";
  const isBarOpen = useBar(({ openFor }) => openFor === id);
  const isWhole = useBar(({ wholeFor }) => wholeFor === id);
  const subject = useMemo(
    () => ({ customer, customerName, conversation: id, isOver }),
    [customer, customerName, id, isOver],
  );
  useEffect(() => forgetBar, []);
  return <Seen subject={subject} isWhole={isWhole} isBarOpen={isBarOpen} onClose={closeBar} />;
}

/** Everything that is known of a customer, whether they ever wrote or not. */
export function CustomerTimeline({ customer, customerName }: Pick<Subject, "customer" | "customerName">) {
  const subject = useMemo(
    () => ({ customer, customerName, conversation: null, isOver: false }),
    [customer, customerName],
  );
  return <Seen subject={subject} isWhole isBarOpen onClose={null} />;
}

interface SeenProps {
  subject: Subject;
  /** All that the customer did, and not one conversation. */
  isWhole: boolean;
  isBarOpen: boolean;
  /** Null where the bar stays. */
  onClose: (() => void) | null;
}

function Seen({ subject, isWhole, isBarOpen, onClose }: SeenProps) {
  const { customer, conversation } = subject;
  const [view, setView] = useState(PLAIN);
  const [day, setDay] = useState("");
  const [found, setFound] = useState(0);
  useEffect(() => followCustomer(customer), [customer]);
  const shown = isBarOpen ? view : PLAIN;
  const key = isWhole || conversation === null ? customerKey(customer) : conversation;
  const close = () => {
    onClose?.();
    setView(PLAIN);
    setDay("");
  };
  return (
    <>
      {isBarOpen && (
        <ViewBar
          view={view}
          found={view.query.trim() === "" ? null : found}
          day={day}
          onView={setView}
          onDay={setDay}
          onClose={onClose === null ? null : close}
          onSearch={(query) => goToSearch(query, { customer })}
        />
      )}
      {isBarOpen && day !== "" ? (
        <Fetched fallback={<div className="timeline" />} onFailed={() => setDay("")}>
          <StretchOf
            key={`${key} ${day}`}
            timelineKey={key}
            day={day}
            view={shown}
            subject={subject}
            onFound={setFound}
            onNewest={() => setDay("")}
          />
        </Fetched>
      ) : (
        <Newest key={key} timelineKey={key} view={shown} subject={subject} onFound={setFound} />
      )}
    </>
  );
}
