import type { PageProps } from "../pages.ts";
import { QueueList } from "./QueueList.tsx";
import { QueuePage } from "./QueuePage.tsx";
import { RuleList } from "./RuleList.tsx";
import { RulePage } from "./RulePage.tsx";
import { SkillsTab } from "./SkillsTab.tsx";
import { TeamList } from "./TeamList.tsx";
import { TeamPage } from "./TeamPage.tsx";
import "../../views/criteria.css";
import "./routing.css";
import "./rules.css";
import "./skills.css";
import "./crew.css";

/** Who is given which work. */
export function RoutingSettings({ path: [tab, id, into] }: PageProps) {
  if (tab === "skills") return <SkillsTab />;
  if (id === undefined) return <Listed tab={tab} />;
  if (tab === "rules") return <RulePage key={id} id={id === "new" ? null : id} into={into ?? null} />;
  if (tab === "teams") return <TeamPage key={id} id={id === "everybody" ? null : id} />;
  return <QueuePage key={id} id={id === "new" ? null : id} />;
}

function Listed({ tab }: { tab: string | undefined }) {
  if (tab === "rules") return <RuleList />;
  return tab === "teams" ? <TeamList /> : <QueueList />;
}
