import { clockTime, exactTime, relativeTime } from "@kithdesk/ui";
import { ChevronRight } from "lucide-react";
import { useState } from "react";

import { useNow } from "../app/now.ts";
import type { PageView } from "../desk/types.ts";
import { PageLink } from "../timeline/PagesRow.tsx";
import { words } from "./en.ts";
import { fetchPages, fetchSessions, type Session } from "./sessions.ts";

interface Loaded {
  readonly state: "idle" | "loading" | "ready" | "failed";
  readonly sessions: readonly Session[];
  readonly page: number;
  readonly isLast: boolean;
}

const NOTHING: Loaded = { state: "idle", sessions: [], page: 0, isLast: false };

/** Visits before this one, asked for when somebody wants to see them. */
export function Sessions({ customer }: { customer: string }) {
  const [loaded, setLoaded] = useState(NOTHING);
  const { state, sessions, page, isLast } = loaded;
  const load = () => {
    if (state === "loading") return;
    setLoaded({ ...loaded, state: "loading" });
    fetchSessions(customer, page + 1).then(
      (answer) =>
        setLoaded({
          state: "ready",
          sessions: [...sessions, ...answer.sessions],
          page: page + 1,
          isLast: answer.isLast,
        }),
      () => setLoaded({ ...loaded, state: "failed" }),
    );
  };
  const earlier = sessions.filter(({ isActive }) => !isActive);
  return (
    <details className="section sessions" onToggle={() => state === "idle" && load()}>
      <summary className="section__title sessions__title">
        {words.sessions}
        <ChevronRight className="sessions__arrow" size={13} aria-hidden="true" />
      </summary>
      {state === "loading" && sessions.length === 0 && <span className="skeleton skeleton--text" />}
      {state === "ready" && earlier.length === 0 && <p className="section__empty">{words.sessionsNone}</p>}
      <ul className="sessions__list">
        {earlier.map((session) => (
          <li key={session.id}>
            <Visit customer={customer} session={session} />
          </li>
        ))}
      </ul>
      {state === "failed" && (
        <p className="section__empty" role="alert">
          {words.sessionsFailed}{" "}
          <button type="button" className="text-button" onClick={load}>
            {words.tryAgain}
          </button>
        </p>
      )}
      {state === "ready" && !isLast && (
        <button type="button" className="add" onClick={load}>
          {words.moreSessions}
        </button>
      )}
    </details>
  );
}

function Visit({ customer, session }: { customer: string; session: Session }) {
  const now = useNow();
  const [pages, setPages] = useState<readonly PageView[] | null>(null);
  const { startedAt, pageCount, referrer, device } = session;
  const load = () => {
    if (pages !== null) return;
    fetchPages(customer, session.id).then(setPages, () => setPages([]));
  };
  const facts = [
    words.sessionPages(pageCount),
    device,
    referrer === null ? null : words.sessionFrom(hostOf(referrer)),
  ];
  return (
    <details onToggle={load}>
      <summary className="sessions__visit">
        <time dateTime={startedAt} title={exactTime(startedAt)}>
          {relativeTime(startedAt, now)}
        </time>
        <span className="sessions__facts" dir="auto">
          {facts.filter((fact) => fact !== null).join(" · ")}
        </span>
      </summary>
      {pages !== null && (
        <ol className="page-path">
          {pages.map((page) => (
            <li key={`${page.at} ${page.url}`} className="page-path__page">
              <PageLink page={page} among={pages} />
              <time dateTime={page.at} title={exactTime(page.at)}>
                {clockTime(page.at)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
