import { ChevronRight } from "lucide-react";

import { formatRoute } from "../../navigation/route.ts";
import { NothingYet, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { type AllProfiles, loadProfiles, type Profile } from "./profiles.ts";
import { RoutingPage } from "./RoutingPage.tsx";
import { words as ours } from "./serving-en.ts";
import { useFollowing } from "./use-following.ts";

/** How everybody is given work, and which teams have terms of their own. */
export function TeamList() {
  const { loaded, reload } = useLoaded(loadProfiles);
  useFollowing(reload);
  return (
    <RoutingPage tab="teams">
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(all) => <Profiles all={all} />}
      </WhenLoaded>
    </RoutingPage>
  );
}

function Profiles({ all: { everybody, teams, queues, forsaken } }: { all: AllProfiles }) {
  const nameOf = (id: string) => queues.find((queue) => queue.id === id)?.name ?? "";
  const isAnyRouted = teams.some(({ profile }) => profile.isEnabled);
  return (
    <>
      {forsaken.length > 0 && (
        <p className="settings-page__warning routing-warning" role="alert">
          {words.unserved(forsaken.map(({ name }) => `“${name}”`).join(", "))}
        </p>
      )}
      <ul className="entries" aria-label={words.tabs.teams}>
        <li>
          <Row id="everybody" name={words.everybody} profile={everybody}>
            {[isAnyRouted ? words.everybodyElse : words.everybodyAll]}
          </Row>
        </li>
        {teams.map(({ id, name, members, working, profile }) => (
          <li key={id}>
            <Row id={id} name={name} profile={profile} isRouted={profile.isEnabled}>
              {[
                words.members(members.length),
                profile.isEnabled
                  ? profile.queues.map(nameOf).join(", ") || words.servesNothing
                  : words.notRouted,
                ...(profile.isEnabled && members.length > 0 ? [ours.workingNow(working)] : []),
              ]}
            </Row>
          </li>
        ))}
      </ul>
      {teams.length === 0 ? (
        <div className="routing-first">
          <NothingYet title={words.noTeamsTitle} text={words.noTeamsText}>
            <a
              className="button button--primary"
              href={formatRoute({ screen: "settings", path: ["people"] })}
            >
              {words.toMakeTeams}
            </a>
          </NothingYet>
        </div>
      ) : (
        <p className="field__hint routing-hint">
          {words.teamsMade}{" "}
          <a href={formatRoute({ screen: "settings", path: ["people"] })}>{words.toTeams}</a>
        </p>
      )}
    </>
  );
}

interface RowProps {
  id: string;
  name: string;
  profile: Profile;
  isRouted?: boolean;
  /** What there is to know of it, beside its terms. */
  children: readonly string[];
}

function Row({ id, name, profile, isRouted = true, children }: RowProps) {
  const { capacityPerAgent, acceptance } = profile.holds;
  return (
    <a className="entries__entry" href={formatRoute({ screen: "settings", path: ["routing", "teams", id] })}>
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {name}
        </span>
        <span className="entries__facts">
          {children.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {isRouted && <span>{words.atOnce(capacityPerAgent)}</span>}
          {isRouted && acceptance === "manual" && <span>{words.acceptances.manual}</span>}
        </span>
      </span>
      <ChevronRight className="entries__more" size={16} aria-hidden="true" />
    </a>
  );
}
