import { lazy, Suspense, useEffect, useState } from "react";

import { AgentsHere } from "../agents/AgentsHere.tsx";
import { StatusSwitch } from "../agents/StatusSwitch.tsx";
import { ConversationPane } from "../conversation/ConversationPane.tsx";
import { CustomerPane } from "../customer/CustomerPane.tsx";
import { isWithoutConversations } from "../desk/desk.ts";
import { useDesk } from "../desk/store.ts";
import { keepArrivals } from "../inbox/arrivals.ts";
import { ListColumn } from "../inbox/ListColumn.tsx";
import { ListNav } from "../inbox/ListNav.tsx";
import { startShortcuts } from "../keyboard/shortcuts.ts";
import type { Route } from "../navigation/route.ts";
import { type Me, useSession } from "../session/session.ts";
import { Toasts } from "../toast/Toasts.tsx";
import { BrandMark } from "./Brand.tsx";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { closeDesk, openDesk } from "./desk-session.ts";
import { words } from "./en.ts";
import { Overlays } from "./Overlays.tsx";
import { startTitle } from "./title.ts";
import "./desk-screen.css";

// Seen once in the life of an organisation.
const Welcome = lazy(() => import("../welcome/Welcome.tsx").then((module) => ({ default: module.Welcome })));

interface DeskScreenProps {
  me: Me;
  route: Extract<Route, { screen: "inbox" }>;
}

/** The three panes and the lists beside them. */
export function DeskScreen({ me, route }: DeskScreenProps) {
  const { list, conversation, pane } = route;
  const loaded = useLoadedDesk(me.id);
  useEffect(startShortcuts, []);
  useEffect(startTitle, []);
  useEffect(keepArrivals, []);
  const hasNothing = useDesk(isWithoutConversations);
  const isFresh = hasNothing && conversation === null && loaded.state === "ready";
  if (loaded.state === "failed") return <Failed onRetry={loaded.retry} />;
  const view = conversation === null ? "list" : pane === "customer" ? "customer" : "conversation";
  return (
    <div className={`desk desk--${view} ${isFresh ? "desk--fresh" : ""}`}>
      <button type="button" className="skip" onClick={focusConversation}>
        {words.skip}
      </button>
      <ConnectionLine />
      <div className="side">
        <OrganisationName />
        <ListNav current={list} />
        <AgentsHere me={me.id} />
        <div className="side__foot">
          <StatusSwitch />
        </div>
      </div>
      <main className="desk__main">
        <ListColumn list={list} open={conversation} isReady={loaded.state === "ready"} />
        {isFresh ? (
          <Suspense fallback={null}>
            <Welcome />
          </Suspense>
        ) : (
          <>
            <ConversationPane id={conversation} isReady={loaded.state === "ready"} />
            <CustomerPane conversation={conversation} />
          </>
        )}
      </main>
      <Toasts />
      <Overlays conversation={conversation} />
    </div>
  );
}

function OrganisationName() {
  const name = useSession((session) => session.organisation?.name);
  return (
    <header className="side__brand brand" title={name}>
      <BrandMark />
      <span className="side__brand-name" dir="auto">
        {name ?? words.title}
      </span>
    </header>
  );
}

function useLoadedDesk(agent: string) {
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it again
  useEffect(() => {
    setState("loading");
    openDesk(agent).then(
      () => setState("ready"),
      () => setState("failed"),
    );
    return closeDesk;
  }, [agent, attempt]);
  return { state, retry: () => setAttempt(attempt + 1) };
}

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <main className="door-page">
      <div className="empty" role="alert">
        <p className="empty__title">{words.loadFailedTitle}</p>
        <p className="empty__text">{words.loadFailedText}</p>
        <button type="button" className="button" onClick={onRetry}>
          {words.tryAgain}
        </button>
      </div>
    </main>
  );
}

function focusConversation(): void {
  document.querySelector<HTMLElement>(".timeline__scroller, .conversation-list")?.focus();
}
