import { exactTime, relativeTime } from "@kithdesk/ui";
import { ChevronRight, FlaskConical } from "lucide-react";
import { useCallback, useEffect } from "react";

import { useNow } from "../../app/now.ts";
import { formatRoute } from "../../navigation/route.ts";
import { NothingYet, Page, Part, WhenLoaded } from "../Page.tsx";
import type { PageProps } from "../pages.ts";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { ResultPage } from "./ResultPage.tsx";
import { ScenarioForm } from "./ScenarioForm.tsx";
import { AGAIN, isMoving, loadSimulation, loadSimulations, type Simulation } from "./simulations.ts";
import { loadToday, loadWorked } from "./today.ts";
import "./simulation.css";

/** What would have been: a scenario, or what came of one. */
export function SimulationPage({ path: [id, before] }: PageProps) {
  if (id === undefined || id === AGAIN) return <NewOne key={before ?? ""} before={before ?? null} />;
  return <ResultPage key={id} id={id} />;
}

const LOOK_AGAIN_MS = 3_000;

function NewOne({ before }: { before: string | null }) {
  const load = useCallback(
    () =>
      Promise.all([
        loadToday(),
        before === null ? null : loadSimulation(before),
        before === null ? loadWorked() : null,
      ]),
    [before],
  );
  const { loaded, reload } = useLoaded(load);
  const past = useLoaded(loadSimulations);
  const isGoingOn = past.loaded.state === "ready" && past.loaded.data.some(isMoving);
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setInterval(() => !document.hidden && past.reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isGoingOn, past.reload]);
  return (
    <Page title={words.title} text={words.text}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {([today, again, worked]) => <ScenarioForm today={today} before={again} worked={worked} />}
      </WhenLoaded>
      <Part title={words.past}>
        <WhenLoaded loaded={past.loaded} onRetry={past.reload}>
          {(found) =>
            found.length === 0 ? (
              <NothingYet title={words.nothing} text={words.nothingText} />
            ) : (
              <ul className="entries" aria-label={words.past}>
                {found.map((one) => (
                  <li key={one.id}>
                    <PastOne one={one} />
                  </li>
                ))}
              </ul>
            )
          }
        </WhenLoaded>
      </Part>
    </Page>
  );
}

function PastOne({ one }: { one: Simulation }) {
  const now = useNow();
  return (
    <a className="entries__entry" href={formatRoute({ screen: "settings", path: ["simulation", one.id] })}>
      <FlaskConical className="entries__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {one.name || words.unnamed}
        </span>
        <span className="entries__facts">
          <span>
            {exactTime(one.from)} – {exactTime(one.to)}
          </span>
          <time dateTime={one.createdAt} title={exactTime(one.createdAt)}>
            {relativeTime(one.createdAt, now)}
          </time>
          {one.by !== "" && <span dir="auto">{words.begunBy(one.by)}</span>}
        </span>
      </span>
      <span className={`mark ${one.status === "done" ? "mark--good" : ""}`}>
        {words.statuses[one.status]}
        {isMoving(one) && ` ${words.percent(one.progress)}`}
      </span>
      <ChevronRight className="entries__more" size={16} aria-hidden="true" />
    </a>
  );
}
