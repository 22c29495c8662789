"""Events into routing's rows: which projector hears what."""

from __future__ import annotations

from kithdesk.access.events import TeamDeleted, TeamMembersChanged, TeamRenamed
from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
)
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.routing.agent_rows import put_agent
from kithdesk.routing.events import (
    AgentSkillsChanged,
    AgentStatusChanged,
    QueueChanged,
    QueueCreated,
    QueueDeleted,
    QueueRuleChanged,
    QueueRuleCreated,
    QueueRuleDeleted,
    QueueRulesOrdered,
    RoutingSettingsChanged,
    SkillDeclared,
    SkillRemoved,
    WorkAskedAgain,
    WorkDeclined,
    WorkHoldEnded,
    WorkJudged,
    WorkLanguageDropped,
    WorkOffered,
    WorkOfferEnded,
    WorkOverflowed,
    WorkWrappedUp,
)
from kithdesk.routing.item_rows import (
    project_asked_again,
    project_assigned,
    project_declined,
    project_ended,
    project_hold_ended,
    project_judged,
    project_language_dropped,
    project_offer_ended,
    project_offered,
    project_opened,
    project_overflowed,
    project_updated,
    project_wrapped_up,
)
from kithdesk.routing.queries.skills import levels_at
from kithdesk.routing.queue_rows import (
    project_agent_skills,
    project_queue_changed,
    project_queue_created,
    project_queue_deleted,
    project_settings_changed,
    project_skill_declared,
    project_skill_removed,
    project_team_deleted,
    project_team_members,
    project_team_renamed,
)
from kithdesk.routing.rule_rows import (
    project_rule_changed,
    project_rule_created,
    project_rule_deleted,
    project_rules_ordered,
)
from kithdesk.routing.session_rows import project_session


def project_status_changed(rows: Rows, recorded: Recorded[AgentStatusChanged]) -> None:
    event = recorded.event
    put_agent(
        rows,
        event.user,
        event.status,
        at=recorded.at,
        skills=levels_at(rows, rows.organisation, event.user),
        team=event.team,
        reason=event.reason,
        changed_at=recorded.at,
    )


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    QueueCreated: (project_queue_created,),
    QueueChanged: (project_queue_changed,),
    QueueDeleted: (project_queue_deleted,),
    QueueRuleCreated: (project_rule_created,),
    QueueRuleChanged: (project_rule_changed,),
    QueueRuleDeleted: (project_rule_deleted,),
    QueueRulesOrdered: (project_rules_ordered,),
    RoutingSettingsChanged: (project_settings_changed,),
    TeamMembersChanged: (project_team_members,),
    TeamRenamed: (project_team_renamed,),
    TeamDeleted: (project_team_deleted,),
    SkillDeclared: (project_skill_declared,),
    SkillRemoved: (project_skill_removed,),
    AgentSkillsChanged: (project_agent_skills,),
    AgentStatusChanged: (project_status_changed, project_session),
    ConversationOpened: (project_opened,),
    ConversationUpdated: (project_updated,),
    ConversationEnded: (project_ended,),
    ConversationAssigned: (project_assigned,),
    WorkJudged: (project_judged,),
    WorkOffered: (project_offered,),
    WorkOfferEnded: (project_offer_ended,),
    WorkDeclined: (project_declined,),
    WorkAskedAgain: (project_asked_again,),
    WorkHoldEnded: (project_hold_ended,),
    WorkLanguageDropped: (project_language_dropped,),
    WorkOverflowed: (project_overflowed,),
    WorkWrappedUp: (project_wrapped_up,),
}
