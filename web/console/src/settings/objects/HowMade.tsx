import type { Ref } from "react";

import { formatRoute } from "../../navigation/route.ts";
import { Copyable } from "../Copyable.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import type { Klass } from "./klass.ts";
import { sampleCall } from "./sample-call.ts";

const WAYS = ["keys", "integrations"] as const;

/** How records of a kind come to be. */
export function HowMade({ ref, klass }: { ref: Ref<HTMLDivElement>; klass: Klass }) {
  return (
    <div ref={ref} tabIndex={-1}>
      <Part title={words.call} text={words.callText}>
        {klass.name === "" ? (
          <p className="field__hint">{words.callName}</p>
        ) : (
          <Copyable label={words.callLabel} text={sampleCall(klass, location.origin)} isLong />
        )}
        <ul className="how-made">
          {WAYS.map((page) => (
            <li key={page}>
              <a href={formatRoute({ screen: "settings", path: [page] })}>{words.callWays[page]}</a>
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}
