import { ChevronRight } from "lucide-react";

import { formatRoute } from "../../navigation/route.ts";
import { Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./serving-en.ts";
import { type Crew, loadStaffing, type Staffing, unservedInWords } from "./staffing.ts";
import { useFollowing } from "./use-following.ts";

/** Which teams serve a queue, and who of them is here now. */
export function ServedBy({ queue }: { queue: string }) {
  const { loaded, reload } = useLoaded(loadStaffing);
  useFollowing(reload);
  return (
    <Part title={words.title} text={words.text}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(all) => {
          const staffing = all.get(queue);
          return staffing === undefined ? null : <Crews staffing={staffing} />;
        }}
      </WhenLoaded>
    </Part>
  );
}

function Crews({ staffing }: { staffing: Staffing }) {
  const { isServed, here, crews } = staffing;
  const teams = crews.filter(({ team, members }) => team !== null || members > 0);
  return (
    <>
      {!isServed && (
        <p className="settings-page__warning routing-warning" role="alert">
          {unservedInWords(staffing)} {teams.length === 0 && `${words.nobodyYet} `}
          <a href={formatRoute({ screen: "settings", path: ["routing", "teams"] })}>{words.chooseTeam}</a>
        </p>
      )}
      {isServed && here === 0 && (
        <p className="settings-page__warning routing-warning">
          {words.nobodyHere}. {words.nobodyHereText}
        </p>
      )}
      {teams.length > 0 && (
        <ul className="entries" aria-label={words.title}>
          {teams.map((crew) => (
            <li key={crew.team ?? ""}>
              <CrewRow crew={crew} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function CrewRow({ crew: { team, name, members, here, available, elsewhere } }: { crew: Crew }) {
  const path = ["routing", "teams", team ?? "everybody"];
  return (
    <a className="entries__entry" href={formatRoute({ screen: "settings", path })}>
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {name}
        </span>
        <span className="entries__facts">
          <span>{team === null ? words.agents(members) : words.members(members)}</span>
          <span>{words.here(here)}</span>
          {here > 0 && <span>{words.available(available)}</span>}
          {elsewhere > 0 && <span>{words.elsewhere(elsewhere)}</span>}
        </span>
      </span>
      <ChevronRight className="entries__more" size={16} aria-hidden="true" />
    </a>
  );
}
