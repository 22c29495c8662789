import { useEffect, useState } from "react";

import { isNotFound } from "../api/errors.ts";
import { Composer } from "../composer/Composer.tsx";
import { loadConversation } from "../desk/load.ts";
import { useDesk } from "../desk/store.ts";
import type { Conversation } from "../desk/types.ts";
import { useAgainWhenOnline } from "../live/use-again.ts";
import { followTimeline } from "../timeline/follow.ts";
import { Timeline } from "../timeline/Timeline.tsx";
import { DeclinedNote } from "../work/DeclinedNote.tsx";
import { words } from "./en.ts";
import { Header } from "./Header.tsx";
import { lookAt } from "./presence.ts";
import "./conversation.css";

/** The middle of the screen: one conversation, or a word on how to open one. */
export function ConversationPane({ id, isReady }: { id: string | null; isReady: boolean }) {
  return (
    <section className="conversation" aria-label={words.label}>
      <Announcer id={id} />
      {id === null && <Nothing />}
      {/* The desk brings the open conversation along: asking for it too would be asking twice. */}
      {id !== null && (isReady ? <Loaded key={id} id={id} /> : <Skeleton />)}
    </section>
  );
}

function Loaded({ id }: { id: string }) {
  const conversation = useDesk((desk) => desk.conversations.get(id));
  const isKnown = conversation !== undefined;
  const isWhole = useDesk((desk) => desk.whole.has(id));
  const [problem, setProblem] = useState<"missing" | "failed" | null>(null);
  const [attempt, setAttempt] = useState(0);
  // Also when a list has brought its row: rows have no pages.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (isWhole) return;
    setProblem(null);
    loadConversation(id).catch((error: unknown) => setProblem(isNotFound(error) ? "missing" : "failed"));
  }, [id, isWhole, attempt]);
  useAgainWhenOnline(problem === "failed", () => setAttempt(attempt + 1));
  if (problem !== null && !isKnown)
    return <Problem problem={problem} onRetry={() => setAttempt(attempt + 1)} />;
  if (conversation === undefined) return <Skeleton />;
  return <Opened conversation={conversation} />;
}

function Opened({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  useEffect(() => followTimeline(id), [id]);
  useEffect(() => lookAt(id), [id]);
  return (
    <>
      <Header conversation={conversation} />
      <DeclinedNote conversation={id} />
      <Timeline conversation={conversation} />
      <Composer conversation={id} />
    </>
  );
}

/** Says aloud whose conversation is open now: a key opens another one, and moves no focus. */
function Announcer({ id }: { id: string | null }) {
  const name = useDesk((desk) => (id === null ? undefined : desk.conversations.get(id)?.customerName));
  return (
    <p className="sr-only" role="status">
      {name !== undefined && words.opened(name)}
    </p>
  );
}

function Nothing() {
  return (
    <div className="empty empty--middle">
      <p className="empty__title">{words.noneTitle}</p>
      <p className="empty__text">{words.noneText}</p>
    </div>
  );
}

function Problem({ problem, onRetry }: { problem: "missing" | "failed"; onRetry: () => void }) {
  if (problem === "missing") {
    return (
      <div className="empty empty--middle" role="alert">
        <p className="empty__title">{words.notFoundTitle}</p>
        <p className="empty__text">{words.notFoundText}</p>
      </div>
    );
  }
  return (
    <div className="empty empty--middle" role="alert">
      <p className="empty__title">{words.loadFailedTitle}</p>
      <button type="button" className="button" onClick={onRetry}>
        {words.tryAgain}
      </button>
    </div>
  );
}

function Skeleton() {
  return (
    <div className="conversation-skeleton" aria-hidden="true">
      <span className="skeleton skeleton--title" />
      <span className="skeleton skeleton--bubble" />
      <span className="skeleton skeleton--bubble skeleton--out" />
      <span className="skeleton skeleton--bubble" />
    </div>
  );
}
