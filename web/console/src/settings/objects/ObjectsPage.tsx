import { ChevronRight, Plus } from "lucide-react";

import { goToSettings } from "../../navigation/navigation.ts";
import { formatRoute } from "../../navigation/route.ts";
import { ObjectIcon } from "../../objects/ObjectIcon.tsx";
import { NothingYet, Page, WhenLoaded } from "../Page.tsx";
import type { PageProps } from "../pages.ts";
import { useLoaded } from "../use-loaded.ts";
import { loadKlasses } from "./api.ts";
import { words } from "./en.ts";
import { KlassPage } from "./KlassPage.tsx";
import type { Klass } from "./klass.ts";
import "./objects.css";

/** Kinds of records that the organisation defines. */
export function ObjectsPage({ path: [name] }: PageProps) {
  return name === undefined ? <Klasses /> : <KlassPage key={name} name={name === "new" ? null : name} />;
}

function Klasses() {
  const { loaded, reload } = useLoaded(loadKlasses);
  const addButton = (
    <button type="button" className="button button--primary" onClick={() => goToSettings("objects", "new")}>
      <Plus size={15} aria-hidden="true" />
      {words.add}
    </button>
  );
  return (
    <Page title={words.title} text={`${words.text} ${words.made}`} action={addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(klasses) =>
          klasses.length === 0 ? (
            <NothingYet title={words.emptyTitle} text={words.emptyText} />
          ) : (
            <ul className="entries" aria-label={words.list}>
              {klasses.map((klass) => (
                <li key={klass.name}>
                  <KlassRow klass={klass} />
                </li>
              ))}
            </ul>
          )
        }
      </WhenLoaded>
    </Page>
  );
}

function KlassRow({ klass }: { klass: Klass }) {
  const { name, pluralName, icon, color, status, attributes } = klass;
  return (
    <a className="entries__entry" href={formatRoute({ screen: "settings", path: ["objects", name] })}>
      <ObjectIcon icon={icon} color={color} />
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {pluralName}
        </span>
        <span className="entries__facts">
          <code>{name}</code>
          <span>{words.attributes(attributes.length)}</span>
        </span>
      </span>
      {status !== "enabled" && <span className="mark">{words.statusMarks[status]}</span>}
      <ChevronRight className="entries__more" size={16} aria-hidden="true" />
    </a>
  );
}
