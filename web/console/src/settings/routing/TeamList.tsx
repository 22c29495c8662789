import { ChevronRight } from "lucide-react";

import { formatRoute } from "../../navigation/route.ts";
import { WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { type AllProfiles, loadProfiles, type Profile, unserved } from "./profiles.ts";
import { RoutingPage } from "./RoutingPage.tsx";

/** How everybody is given work, and which teams have terms of their own. */
export function TeamList() {
  const { loaded, reload } = useLoaded(loadProfiles);
  return (
    <RoutingPage tab="teams">
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(all) => <Profiles all={all} />}
      </WhenLoaded>
    </RoutingPage>
  );
}

function Profiles({ all }: { all: AllProfiles }) {
  const { everybody, teams, queues } = all;
  const forsaken = unserved(all);
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
        {teams.map(({ id, name, members, profile }) => (
          <li key={id}>
            <Row id={id} name={name} profile={profile} isRouted={profile.isEnabled}>
              {[
                words.members(members.length),
                profile.isEnabled
                  ? profile.queues.map(nameOf).join(", ") || words.servesNothing
                  : words.notRouted,
              ]}
            </Row>
          </li>
        ))}
      </ul>
      <p className="field__hint routing-hint">
        {words.teamsMade} <a href={formatRoute({ screen: "settings", path: ["people"] })}>{words.toTeams}</a>
      </p>
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
