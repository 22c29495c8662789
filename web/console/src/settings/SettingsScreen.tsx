import { type ComponentType, lazy, Suspense, useEffect } from "react";

import { formatRoute } from "../navigation/route.ts";
import { useSession } from "../session/session.ts";
import { AttributesPage } from "./attributes/AttributesPage.tsx";
import { ChatPage } from "./chat/ChatPage.tsx";
import { DuplicatesPage } from "./duplicates/DuplicatesPage.tsx";
import { words } from "./en.ts";
import { IdentityPage } from "./identity/IdentityPage.tsx";
import { ImportsPage } from "./imports/ImportsPage.tsx";
import { IntegrationsPage } from "./integrations/IntegrationsPage.tsx";
import { KeysPage } from "./keys/KeysPage.tsx";
import { ObjectsPage } from "./objects/ObjectsPage.tsx";
import { isPage, PAGE_ICONS, PAGE_IDS, type PageId, type PageProps } from "./pages.ts";
import { PeoplePage } from "./people/PeoplePage.tsx";
import { RecordsPage } from "./records/RecordsPage.tsx";
import { RoutingSettings } from "./routing/RoutingSettings.tsx";
import { SchedulesPage } from "./schedules/SchedulesPage.tsx";
import { SlasPage } from "./slas/SlasPage.tsx";
import "./settings.css";
import "./parts.css";
import "../forms/forms.css";

/** Apart from the others: it brings a library that draws. */
const SimulationPage = lazy(() =>
  import("./simulation/SimulationPage.tsx").then((module) => ({ default: module.SimulationPage })),
);

const PAGES: Readonly<Record<PageId, ComponentType<PageProps>>> = {
  attributes: AttributesPage,
  objects: ObjectsPage,
  records: RecordsPage,
  imports: ImportsPage,
  duplicates: DuplicatesPage,
  routing: RoutingSettings,
  schedules: SchedulesPage,
  slas: SlasPage,
  simulation: SimulationPage,
  chat: ChatPage,
  identity: IdentityPage,
  integrations: IntegrationsPage,
  people: PeoplePage,
  keys: KeysPage,
};

/** What an administrator decides: a list of pages, and one of them. */
export function SettingsScreen({ path }: PageProps) {
  const isAdmin = useSession(({ me }) => me?.isAdmin === true);
  const [first, ...rest] = path;
  const page = isPage(first) ? first : null;
  // Another page begins at its top.
  useEffect(() => {
    if (page !== null) document.querySelector(".settings__content")?.scrollTo?.({ top: 0 });
  }, [page]);
  if (!isAdmin) return <NotYours />;
  // On a desk there is room for a page beside the list: the first one.
  const shown = page ?? "attributes";
  const Shown = PAGES[shown];
  return (
    <div className={`settings ${page === null ? "settings--list" : ""}`}>
      <nav className="settings__nav" aria-label={words.title}>
        {/* On a phone the list is a page of its own. */}
        {page === null ? (
          <h1 className="settings__title">{words.title}</h1>
        ) : (
          <p className="settings__title">{words.title}</p>
        )}
        <ul className="settings__links">
          {PAGE_IDS.map((id) => (
            <li key={id}>
              <PageLink id={id} isCurrent={id === shown} />
            </li>
          ))}
        </ul>
      </nav>
      <div className="settings__content">
        <Suspense fallback={null}>
          <Shown path={rest} />
        </Suspense>
      </div>
    </div>
  );
}

function PageLink({ id, isCurrent }: { id: PageId; isCurrent: boolean }) {
  const Icon = PAGE_ICONS[id];
  return (
    <a
      className="settings__link"
      href={formatRoute({ screen: "settings", path: [id] })}
      aria-current={isCurrent ? "page" : undefined}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className="settings__name">{words.pages[id].name}</span>
      <span className="settings__hint">{words.pages[id].hint}</span>
    </a>
  );
}

function NotYours() {
  return (
    <div className="empty empty--middle">
      <p className="empty__title">{words.notYoursTitle}</p>
      <p className="empty__text">{words.notYoursText}</p>
    </div>
  );
}
