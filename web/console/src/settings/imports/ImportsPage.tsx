import { exactTime, relativeTime } from "@kithdesk/ui";
import { ChevronRight, FileSpreadsheet } from "lucide-react";
import { useEffect } from "react";

import { useNow } from "../../app/now.ts";
import { useDesk } from "../../desk/store.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { formatRoute } from "../../navigation/route.ts";
import { Page, Part } from "../Page.tsx";
import { Paged } from "../Paged.tsx";
import type { PageProps } from "../pages.ts";
import { usePages } from "../use-pages.ts";
import { words } from "./en.ts";
import { FileDrop } from "./FileDrop.tsx";
import { ImportPage } from "./ImportPage.tsx";
import { type Import, isMoving, loadImports, PAGE_SIZE } from "./imports.ts";
import { shareOf } from "./Progress.tsx";
import "./imports.css";

/** Customers of another system, from a file. */
export function ImportsPage({ path: [id] }: PageProps) {
  return id === undefined ? <Imports /> : <ImportPage key={id} id={id} />;
}

const LOOK_AGAIN_MS = 3_000;

function Imports() {
  const pages = usePages(loadImports, PAGE_SIZE);
  const { items, refresh } = pages;
  const isGoingOn = items?.some(isMoving) === true;
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setInterval(() => !document.hidden && refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isGoingOn, refresh]);
  return (
    <Page title={words.title} text={words.text}>
      <FileDrop onUploaded={(id) => goToSettings("imports", id)} />
      <Part title={words.imports}>
        <Paged pages={pages} more={words.older}>
          {(imports) =>
            imports.length === 0 ? (
              <p className="field__hint">{words.none}</p>
            ) : (
              <ul className="entries" aria-label={words.imports}>
                {imports.map((one) => (
                  <li key={one.id}>
                    <ImportRow one={one} />
                  </li>
                ))}
              </ul>
            )
          }
        </Paged>
      </Part>
    </Page>
  );
}

function ImportRow({ one }: { one: Import }) {
  const now = useNow();
  const by = useDesk(({ agents }) => (one.by === null ? undefined : agents.get(one.by)?.displayName));
  const { id, name, rows, status, progress, createdAt } = one;
  return (
    <a className="entries__entry" href={formatRoute({ screen: "settings", path: ["imports", id] })}>
      <FileSpreadsheet className="entries__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {name}
        </span>
        <span className="entries__facts">
          <span>{words.rows(rows)}</span>
          <time dateTime={createdAt} title={exactTime(createdAt)}>
            {relativeTime(createdAt, now)}
          </time>
          {by !== undefined && <span>{words.by(by)}</span>}
          {progress.failed > 0 && <span>{words.failedRows(progress.failed)}</span>}
        </span>
      </span>
      <span className={`mark ${status === "done" ? "mark--good" : ""}`}>
        {words.statuses[status]}
        {isMoving(one) && ` ${words.share(Math.floor(shareOf(one) * 100))}`}
      </span>
      <ChevronRight className="entries__more" size={16} aria-hidden="true" />
    </a>
  );
}
