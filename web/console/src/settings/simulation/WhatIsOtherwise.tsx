import { formatRoute } from "../../navigation/route.ts";
import { Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { scenarioInWords } from "./scenario-words.ts";
import { AGAIN, isMoving, type Simulation } from "./simulations.ts";
import { loadToday } from "./today.ts";

/** The scenario in words, and as it was asked for. */
export function WhatIsOtherwise({ one }: { one: Simulation }) {
  const isChanged = Object.keys(one.scenario).length > 0;
  const again = (
    <a className="button" href={formatRoute({ screen: "settings", path: ["simulation", AGAIN, one.id] })}>
      {words.again}
    </a>
  );
  return (
    <Part
      title={words.changed}
      text={isChanged ? undefined : words.nothingChanged}
      action={!isMoving(one) && again}
    >
      {isChanged && <InWords scenario={one.scenario} />}
    </Part>
  );
}

function InWords({ scenario }: Pick<Simulation, "scenario">) {
  const { loaded, reload } = useLoaded(loadToday);
  return (
    <>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(today) => (
          <ul className="simulation-summary">
            {scenarioInWords(scenario, today).map((sentence) => (
              <li key={sentence} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
        )}
      </WhenLoaded>
      <details className="scenario__fold">
        <summary>{words.asJson}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too */}
        <pre className="simulation-scenario" tabIndex={0}>
          {JSON.stringify(scenario, null, 2)}
        </pre>
      </details>
    </>
  );
}
