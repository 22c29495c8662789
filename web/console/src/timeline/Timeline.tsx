import { lazy, useEffect, useMemo, useState } from "react";

import { Fetched } from "../app/Fetched.tsx";
import type { Conversation } from "../desk/types.ts";
import { goToSearch } from "../navigation/navigation.ts";
import { closeBar, forgetBar, useBar } from "./bar.ts";
import { type Entry, idOf } from "./entries.ts";
import { useFinding } from "./find.ts";
import { customerKey, followCustomer } from "./follow.ts";
import { Newest } from "./Newest.tsx";
import { type Place, placesIn } from "./places.ts";
import type { Whereabouts } from "./stretch.ts";
import type { Subject } from "./subject.ts";
import { ViewBar } from "./ViewBar.tsx";
import { PLAIN } from "./view.ts";
import "./messages.css";
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
  const [shown, setShown] = useState<readonly Entry[]>([]);
  useEffect(() => followCustomer(customer), [customer]);
  const { query, filter } = isBarOpen ? view : PLAIN;
  const key = isWhole || conversation === null ? customerKey(customer) : conversation;
  const among = useMemo(() => placesIn(shown, query), [shown, query]);
  const finding = useFinding(customer, { query, filter }, among);
  const { current, marks } = finding;
  const isLoaded = current !== null && shown.some((entry) => idOf(entry) === current.id);
  const where = isBarOpen && !isLoaded ? whereaboutsOf(current, day) : null;
  const close = () => {
    onClose?.();
    setView(PLAIN);
    setDay("");
  };
  const toNewest = () => {
    finding.leave();
    setDay("");
  };
  return (
    <>
      {isBarOpen && (
        <ViewBar
          view={view}
          finding={finding}
          day={day}
          onView={setView}
          onDay={(next) => {
            finding.leave();
            setDay(next);
          }}
          onClose={onClose === null ? null : close}
          onList={(words) => goToSearch(words, { customer })}
        />
      )}
      <div className="timelines">
        <Newest
          key={key}
          timelineKey={key}
          filter={filter}
          marks={marks}
          found={isLoaded ? current.id : null}
          isCovered={where !== null}
          subject={subject}
          onShown={setShown}
        />
        {where !== null && (
          <Fetched fallback={<div className="timeline" />} onFailed={toNewest}>
            <StretchOf
              key={where.kind === "day" ? `${key} ${where.day}` : timelineOf(where.place, key, customer)}
              timelineKey={where.kind === "day" ? key : timelineOf(where.place, key, customer)}
              where={where}
              filter={filter}
              marks={marks}
              subject={subject}
              onNewest={toNewest}
            />
          </Fetched>
        )}
      </div>
    </>
  );
}

function whereaboutsOf(current: Place | null, day: string): Whereabouts | null {
  if (current !== null) return { kind: "place", place: current };
  return day === "" ? null : { kind: "day", day };
}

/** What is not of the conversation that is open stands among everything of its customer. */
function timelineOf({ conversation }: Place, key: string, customer: string): string {
  return conversation === key ? key : customerKey(customer);
}
