"""The facts routing states. Who serves a conversation is stated through conversations, as `conversation.assigned`."""

from kithdesk.routing.events.agents import (
    AgentSkillsChanged,
    AgentStatusChanged,
    SkillDeclared,
    SkillRemoved,
    Status,
)
from kithdesk.routing.events.queues import (
    OverflowTerms,
    QueueChanged,
    QueueCreated,
    QueueDeleted,
    QueueTerms,
    RoutingSettingsChanged,
)
from kithdesk.routing.events.rules import (
    QueueRule,
    QueueRuleChanged,
    QueueRuleCreated,
    QueueRuleDeleted,
    QueueRulesOrdered,
)
from kithdesk.routing.events.work import (
    How,
    WorkAskedAgain,
    WorkDeclined,
    WorkHoldEnded,
    WorkJudged,
    WorkLanguageDropped,
    WorkOffered,
    WorkOfferEnded,
    WorkOverflowed,
    WorkTransferred,
    WorkWrappedUp,
)

__all__ = [
    "AgentSkillsChanged",
    "AgentStatusChanged",
    "How",
    "OverflowTerms",
    "QueueChanged",
    "QueueCreated",
    "QueueDeleted",
    "QueueRule",
    "QueueRuleChanged",
    "QueueRuleCreated",
    "QueueRuleDeleted",
    "QueueRulesOrdered",
    "QueueTerms",
    "RoutingSettingsChanged",
    "SkillDeclared",
    "SkillRemoved",
    "Status",
    "WorkAskedAgain",
    "WorkDeclined",
    "WorkHoldEnded",
    "WorkJudged",
    "WorkLanguageDropped",
    "WorkOfferEnded",
    "WorkOffered",
    "WorkOverflowed",
    "WorkTransferred",
    "WorkWrappedUp",
]
