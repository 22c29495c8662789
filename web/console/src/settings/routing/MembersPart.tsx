import { useCallback, useState } from "react";

import { words as agentWords } from "../../agents/en.ts";
import { StatusDot } from "../../agents/StatusDot.tsx";
import { nameOf } from "../../desk/directory.ts";
import type { Named } from "../../desk/types.ts";
import { formatRoute } from "../../navigation/route.ts";
import { Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./serving-en.ts";
import { useFollowing } from "./use-following.ts";
import { loadMembers, type Members, type Worker } from "./working.ts";

const FIRST = 20;
const GROUPS = ["here", "elsewhere", "away"] as const;

interface MembersPartProps {
  team: string;
  /** Whether it has queues of its own: nobody works as a team that has none. */
  isRouted: boolean;
}

/** Who works as this team now, who as another, and who is not here. */
export function MembersPart({ team, isRouted }: MembersPartProps) {
  const load = useCallback(() => loadMembers(team), [team]);
  const { loaded, reload } = useLoaded(load);
  useFollowing(reload);
  const people = formatRoute({ screen: "settings", path: ["people"] });
  return (
    <Part title={words.teamTitle} text={isRouted ? words.teamText : words.teamOff}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(members) =>
          GROUPS.every((group) => members[group].length === 0) ? (
            <p className="field__hint">
              {words.noTeamMembers} <a href={people}>{words.addMembers}</a>
            </p>
          ) : (
            isRouted && <Groups members={members} />
          )
        }
      </WhenLoaded>
    </Part>
  );
}

function Groups({ members }: { members: Members }) {
  return GROUPS.filter((group) => members[group].length > 0).map((group) => (
    <Group
      key={group}
      title={words.groups[group](members[group].length)}
      workers={members[group]}
      teams={group === "elsewhere" ? members.teams : null}
    />
  ));
}

interface GroupProps {
  title: string;
  workers: readonly Worker[];
  /** By which the team is called as which each of them works; null where that is this one. */
  teams: readonly Named[] | null;
}

function Group({ title, workers, teams }: GroupProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? workers : workers.slice(0, FIRST);
  return (
    <section className="crew" aria-label={title}>
      <h3 className="crew__title">{title}</h3>
      <ul className="crew__list">
        {shown.map((worker) => (
          <Member key={worker.id} worker={worker} teams={teams} />
        ))}
      </ul>
      {shown.length < workers.length && (
        <button type="button" className="button button--quiet" onClick={() => setWhole(true)}>
          {words.showAll(workers.length)}
        </button>
      )}
    </section>
  );
}

interface MemberProps {
  worker: Worker;
  teams: readonly Named[] | null;
}

function Member({ worker: { id, name, status, team, chosen }, teams }: MemberProps) {
  return (
    <li className="crew__member">
      <StatusDot status={status} />
      <span className="sr-only">{agentWords.status[status]}</span>
      <a href={formatRoute({ screen: "settings", path: ["people", id] })} dir="auto">
        {name}
      </a>
      {teams !== null && (
        <span className="crew__as" dir="auto">
          {team === null ? words.asNoTeam : words.asTeam(nameOf(teams, team) ?? "")}
          {chosen !== null && chosen === team && `, ${words.choseIt}`}
        </span>
      )}
    </li>
  );
}
