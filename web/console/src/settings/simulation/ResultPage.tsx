import { exactTime } from "@kithdesk/ui";
import { useCallback, useEffect } from "react";

import { wordsFor } from "../../api/errors.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, Page, Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { Comparison } from "./Comparison.tsx";
import { words } from "./en.ts";
import { isMoving, loadSimulation, remove, type Simulation, stop } from "./simulations.ts";
import { WhatIsOtherwise } from "./WhatIsOtherwise.tsx";

/** One simulation, while it plays and afterwards. */
export function ResultPage({ id }: { id: string }) {
  const load = useCallback(() => loadSimulation(id), [id]);
  const { loaded, reload, show } = useLoaded(load);
  const one = loaded.state === "ready" ? loaded.data : null;
  useWatching(one, show, reload);
  const attempt = async (action: () => Promise<void>) => {
    try {
      await action();
    } catch (error) {
      showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
  };
  const end = () => attempt(async () => show(await stop(id)));
  const throwAway = () =>
    attempt(async () => {
      await remove(id);
      showToast(words.removed);
      goToSettings("simulation");
    });
  return (
    <Page
      title={one?.name || words.title}
      text={one === null ? words.text : `${exactTime(one.from)} – ${exactTime(one.to)}`}
      back={["simulation"]}
      action={
        one !== null && (
          <button type="button" className="button" onClick={() => void throwAway()}>
            {words.remove}
          </button>
        )
      }
    >
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(found) =>
          found === null ? (
            <NothingYet title={words.goneTitle} text={words.goneText} />
          ) : (
            <Shown one={found} onStop={() => void end()} />
          )
        }
      </WhenLoaded>
    </Page>
  );
}

function Shown({ one, onStop }: { one: Simulation; onStop: () => void }) {
  const { status, outcome, problem, phase } = one;
  return (
    <>
      {isMoving(one) && (
        <Part
          title={words.statuses[status]}
          action={
            <button type="button" className="button" onClick={onStop}>
              {words.stop}
            </button>
          }
        >
          <progress className="simulation-bar" max={1} value={one.progress} aria-label={words.progress} />
          <p className="field__hint">
            {words.percent(one.progress)}
            {phase !== null && ` · ${words.phases[phase]}`}
          </p>
        </Part>
      )}
      {status === "stopped" && <NothingYet title={words.statuses.stopped} text="" />}
      {problem !== null && (
        <NothingYet
          title={words.failedTitle}
          text={[problem.detail, placeWords(problem.parameter)].join(" ").trim()}
        />
      )}
      <WhatIsOtherwise one={one} />
      {outcome !== null && <Comparison outcome={outcome} from={Date.parse(one.from)} />}
      <span className="sr-only" role="status">
        {words.statuses[status]}
      </span>
    </>
  );
}

/** Where in the scenario. What is wrong with the period, its own sentence says. */
function placeWords(parameter: string | null): string {
  return parameter?.startsWith("scenario") ? words.failedAt(parameter) : "";
}

const OFTEN_MS = 1_000;
const SELDOM_MS = 5_000;

/** Asks how far it is while it plays. */
function useWatching(
  one: Simulation | null,
  show: (one: Simulation | null) => void,
  reload: () => void,
): void {
  useEffect(() => {
    if (one === null || !isMoving(one)) return;
    let isOver = false;
    const look = () => {
      loadSimulation(one.id).then(
        (now) => !isOver && show(now),
        () => !isOver && reload(),
      );
    };
    const timer = setTimeout(look, document.hidden ? SELDOM_MS : OFTEN_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [one, show, reload]);
}
