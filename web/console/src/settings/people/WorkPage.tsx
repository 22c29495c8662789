import { clockTime, dayLabel, dayOf, exactTime } from "@kithdesk/ui";
import { useCallback, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { exactWords, MINUTE } from "../../app/lengths.ts";
import { useNow } from "../../app/now.ts";
import { nameOf, useDirectory } from "../../desk/directory.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, Page, Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import {
  byDay,
  type Day,
  loadEarlier,
  loadWork,
  type Shift,
  type Spent,
  type Work,
} from "./work-sessions.ts";
import "./work-page.css";
import { WorksAsPart } from "./WorksAsPart.tsx";

/** When an agent worked, and how they spent the time: by day and by shift. */
export function WorkPage({ agent }: { agent: string }) {
  const load = useCallback(() => loadWork(agent), [agent]);
  const { loaded, reload, show } = useLoaded(load);
  const [isAsking, setAsking] = useState(false);
  const more = async (known: Work) => {
    setAsking(true);
    try {
      show(await loadEarlier(agent, known));
    } catch (error) {
      showToast(words.earlierFailed(wordsFor(error)), { tone: "problem" });
    } finally {
      setAsking(false);
    }
  };
  return (
    <Page
      title={loaded.state === "ready" ? loaded.data.name : words.work}
      text={words.workText}
      back={["people"]}
    >
      <WorksAsPart agent={agent} />
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(work) =>
          work.shifts.length === 0 ? (
            <NothingYet title={words.noWorkTitle} text={words.noWorkText(work.name)} />
          ) : (
            <Part title={words.work}>
              <WorkTable days={byDay(work.shifts)} name={work.name} />
              {work.hasMore && (
                <button
                  type="button"
                  className="button work-page__more"
                  disabled={isAsking}
                  onClick={() => void more(work)}
                >
                  {words.earlier}
                </button>
              )}
            </Part>
          )
        }
      </WhenLoaded>
    </Page>
  );
}

function WorkTable({ days, name }: { days: readonly Day[]; name: string }) {
  const now = useNow();
  return (
    <table className="work-page">
      <caption className="sr-only">{words.workOf(name)}</caption>
      <thead>
        <tr>
          <th scope="col">{words.when}</th>
          {words.spent.map(([column, label]) => (
            <th key={column} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      {days.map(({ day, shifts, total }) => (
        <tbody key={day}>
          <tr className="work-page__day">
            <th scope="rowgroup">{dayLabel(shifts[0]?.beganAt ?? now, now)}</th>
            <Figures spent={total} />
          </tr>
          {shifts.map((shift) => (
            <tr key={shift.id}>
              <th scope="row">
                <ShiftTime shift={shift} />
              </th>
              <Figures spent={shift} />
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function ShiftTime({ shift: { beganAt, endedAt, team } }: { shift: Shift }) {
  const teamName = useDirectory(({ teams }) => nameOf(teams, team));
  return (
    <>
      <time dateTime={beganAt} title={exactTime(beganAt)}>
        {clockTime(beganAt)}
      </time>
      {" – "}
      {endedAt === null ? (
        words.goesOn
      ) : (
        <time dateTime={endedAt} title={exactTime(endedAt)}>
          {endWords(beganAt, endedAt)}
        </time>
      )}
      {teamName !== null && (
        <span className="work-page__team" dir="auto">
          {teamName}
        </span>
      )}
    </>
  );
}

/** With the day, where it is another one. */
function endWords(beganAt: string, endedAt: string): string {
  if (dayOf(beganAt) === dayOf(endedAt)) return clockTime(endedAt);
  const format = { weekday: "short", hour: "numeric", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(undefined, format).format(Date.parse(endedAt));
}

function Figures({ spent }: { spent: Spent }) {
  return words.spent.map(([column]) => (
    <td key={column}>{column === "items" ? spent.items : exactWords(spent[column], MINUTE)}</td>
  ));
}
