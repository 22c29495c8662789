import { Gauge, Search, Settings } from "lucide-react";
import { lazy, useEffect, useRef, useState } from "react";

import { AgentsHere } from "../agents/AgentsHere.tsx";
import { StatusSwitch } from "../agents/StatusSwitch.tsx";
import { startTellingRefused } from "../composer/refused.ts";
import { startForgettingSent } from "../composer/sent-elsewhere.ts";
import { ConversationPane } from "../conversation/ConversationPane.tsx";
import { CustomerPane } from "../customer/CustomerPane.tsx";
import { isWithoutConversations } from "../desk/desk.ts";
import { useDesk } from "../desk/store.ts";
import { keepArrivals } from "../inbox/arrivals.ts";
import { ListColumn } from "../inbox/ListColumn.tsx";
import { ListNav } from "../inbox/ListNav.tsx";
import { listOf } from "../inbox/unassigned.ts";
import { startShortcuts } from "../keyboard/shortcuts.ts";
import { useTryingAgain } from "../live/use-again.ts";
import { startGuardingTab } from "../navigation/leaving.ts";
import { go, goToDesk } from "../navigation/navigation.ts";
import { type Door, EMPTY_SEARCH, formatRoute, type Inbox, type Route } from "../navigation/route.ts";
import { startNotifying } from "../notifying/messages.ts";
import { type Me, useSession } from "../session/session.ts";
import { ViewNav } from "../views/ViewNav.tsx";
import { BrandMark } from "./Brand.tsx";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { Dock } from "./Dock.tsx";
import { closeDesk, openDesk } from "./desk-session.ts";
import { words } from "./en.ts";
import { Fetched } from "./Fetched.tsx";
import { LeaveSheet } from "./LeaveSheet.tsx";
import { Overlays } from "./Overlays.tsx";
import { startClosingOverlays } from "./overlay.ts";
import { startSteadyHand } from "./steady-hand.ts";
import { startTitle } from "./title.ts";
import "./desk-screen.css";

// Seen once in the life of an organisation.
const Welcome = lazy(() => import("../welcome/Welcome.tsx").then((module) => ({ default: module.Welcome })));

const SearchScreen = lazy(() =>
  import("../search/SearchScreen.tsx").then((module) => ({ default: module.SearchScreen })),
);
const ViewColumn = lazy(() =>
  import("../views/ViewColumn.tsx").then((module) => ({ default: module.ViewColumn })),
);
const CustomerScreen = lazy(() =>
  import("../record/CustomerScreen.tsx").then((module) => ({ default: module.CustomerScreen })),
);
const CompanyScreen = lazy(() =>
  import("../company/CompanyScreen.tsx").then((module) => ({ default: module.CompanyScreen })),
);
const BoardScreen = lazy(() =>
  import("../board/BoardScreen.tsx").then((module) => ({ default: module.BoardScreen })),
);
const SettingsScreen = lazy(() =>
  import("../settings/SettingsScreen.tsx").then((module) => ({ default: module.SettingsScreen })),
);

interface DeskScreenProps {
  me: Me;
  route: Exclude<Route, Door>;
}

/** For as long as somebody sits here. */
const RUNNING: readonly (() => () => void)[] = [
  startShortcuts,
  startClosingOverlays,
  startSteadyHand,
  startTitle,
  startNotifying,
  startTellingRefused,
  startForgettingSent,
  startGuardingTab,
  keepArrivals,
];

function startAll(): () => void {
  const stops = RUNNING.map((start) => start());
  return () => {
    for (const stop of stops) stop();
  };
}

/** What an agent sits at: the lists, and beside them the three panes, the search or the settings. */
export function DeskScreen({ me, route }: DeskScreenProps) {
  const loaded = useLoadedDesk(me.id);
  useEffect(startAll, []);
  const hasNothing = useDesk(isWithoutConversations);
  const conversation = route.screen === "inbox" ? route.conversation : null;
  const isFresh = hasNothing && route.screen === "inbox" && conversation === null && loaded.state === "ready";
  if (loaded.state === "failed") return <Failed onRetry={loaded.retry} />;
  return (
    <div className={`desk desk--${viewOf(route)} ${isFresh ? "desk--fresh" : ""}`}>
      <button type="button" className="skip" onClick={focusConversation}>
        {words.skip}
      </button>
      <ConnectionLine />
      <div className="side">
        <OrganisationName />
        <ListNav current={route.screen === "inbox" ? listOf(route) : null} />
        <BoardLink isCurrent={route.screen === "board"} />
        <ViewNav current={route.screen === "inbox" ? route.view : null} isReady={loaded.state === "ready"} />
        <AgentsHere me={me.id} />
        <div className="side__foot">
          {me.isAdmin && <SettingsLink isCurrent={route.screen === "settings"} />}
          <StatusSwitch />
        </div>
      </div>
      {route.screen === "inbox" ? (
        <Panes route={route} isReady={loaded.state === "ready"} isFresh={isFresh} />
      ) : (
        <main className="desk__page" aria-busy={loaded.state !== "ready"}>
          <Fetched key={route.screen} fallback={<PageSkeleton />} onFailed={goToDesk}>
            <Beside route={route} isReady={loaded.state === "ready"} />
          </Fetched>
        </main>
      )}
      <Dock />
      <Overlays conversation={conversation} />
      <LeaveSheet />
    </div>
  );
}

interface BesideProps {
  route: Exclude<Route, Door | Inbox>;
  isReady: boolean;
}

/** A screen of its own in place of the panes. */
function Beside({ route, isReady }: BesideProps) {
  switch (route.screen) {
    case "settings":
      return <SettingsScreen path={route.path} />;
    case "search":
      return <SearchScreen {...route} />;
    case "board":
      return isReady ? <BoardScreen isWall={route.isWall} /> : null;
    case "customer":
      return isReady ? <CustomerScreen key={route.id} id={route.id} /> : null;
    case "company":
      return isReady ? <CompanyScreen key={route.id} id={route.id} /> : null;
  }
}

function PageSkeleton() {
  return (
    <div className="desk__page-skeleton" aria-hidden="true">
      <span className="skeleton skeleton--title" />
      <span className="skeleton skeleton--text" />
      <span className="skeleton skeleton--text" />
    </div>
  );
}

function viewOf(route: Exclude<Route, Door>): string {
  if (route.screen === "board" && route.isWall) return "wall";
  if (route.screen !== "inbox") return "page";
  if (route.conversation === null) return "list";
  return route.pane === "customer" ? "customer" : "conversation";
}

interface PanesProps {
  route: Inbox;
  isReady: boolean;
  isFresh: boolean;
}

/** The three panes. */
function Panes({ route, isReady, isFresh }: PanesProps) {
  const { list, view, conversation } = route;
  return (
    <main className="desk__main">
      {view === null ? (
        <ListColumn list={list} open={conversation} isReady={isReady} />
      ) : (
        <Fetched
          fallback={<section className="list-column" />}
          onFailed={() => go({ ...route, view: null }, "replace")}
        >
          <ViewColumn key={view} view={view} open={conversation} isReady={isReady} />
        </Fetched>
      )}
      {isFresh ? (
        <Fetched onFailed={() => undefined}>
          <Welcome />
        </Fetched>
      ) : (
        <>
          <ConversationPane id={conversation} isReady={isReady} />
          <CustomerPane conversation={conversation} />
        </>
      )}
    </main>
  );
}

function BoardLink({ isCurrent }: { isCurrent: boolean }) {
  return (
    <nav className="board-nav" aria-label={words.insights}>
      <a
        className="list-nav__link"
        href={formatRoute({ screen: "board", isWall: false })}
        aria-current={isCurrent ? "page" : undefined}
      >
        <Gauge size={16} strokeWidth={1.75} aria-hidden="true" />
        <span className="list-nav__name">{words.board}</span>
      </a>
    </nav>
  );
}

function SettingsLink({ isCurrent }: { isCurrent: boolean }) {
  return (
    <nav aria-label={words.administration}>
      <a
        className="list-nav__link side__settings"
        href={formatRoute({ screen: "settings", path: [] })}
        aria-current={isCurrent ? "page" : undefined}
      >
        <Settings size={16} strokeWidth={1.75} aria-hidden="true" />
        <span className="list-nav__name">{words.settings}</span>
      </a>
    </nav>
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
      <a
        className="icon-button side__search"
        href={formatRoute(EMPTY_SEARCH)}
        aria-label={words.search}
        title={words.search}
      >
        <Search size={16} aria-hidden="true" />
      </a>
    </header>
  );
}

function useLoadedDesk(agent: string) {
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const open = useRef(() => Promise.resolve());
  useEffect(() => {
    let newest = 0;
    open.current = async () => {
      newest += 1;
      const mine = newest;
      try {
        await openDesk(agent);
        if (mine === newest) setState("ready");
      } catch {
        if (mine !== newest) return;
        closeDesk();
        setState("failed");
      }
    };
    void open.current();
    return () => {
      newest = 0;
      closeDesk();
    };
  }, [agent]);
  useTryingAgain(state === "failed", () => open.current());
  const retry = () => {
    setState("loading");
    closeDesk();
    void open.current();
  };
  return { state, retry };
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
