"""Routing: who serves a conversation, and why.

Work enters a queue and goes to the best agent who may take it, in the transaction in which it arrives or in which
somebody has room again. `assign` and `hand_off_to_queue` are the same by hand, `accept` and `decline` answer an offer,
`change` is the API's change of a conversation; `set_status` and a `Watch` say who is there. Who has it is stated
as `conversation.assigned`.
"""

from kithdesk.routing.choosing import (
    Agent,
    Crowd,
    Decision,
    Next,
    Terms,
    Traits,
    Waiting,
    pick_agent,
    pick_item,
)
from kithdesk.routing.destinations import Destination, list_destinations
from kithdesk.routing.handing_off import assign, change, hand_off_to_queue, hand_off_to_teams, transfer
from kithdesk.routing.ids import QueueId, WorkItemId
from kithdesk.routing.items import draw_last_item
from kithdesk.routing.offering import accept, decline, finish_wrap_up
from kithdesk.routing.overview import (
    Bucket,
    InHand,
    QueueSurvey,
    find_queues_of,
    survey_agents,
    survey_queues,
)
from kithdesk.routing.presence import Watch
from kithdesk.routing.profiles import Profile, Transfers
from kithdesk.routing.queries.past import list_living_at
from kithdesk.routing.queries.queues import find_default_queue, find_queue
from kithdesk.routing.queue_rules import change_rule, create_rule, delete_rule, order_rules
from kithdesk.routing.queues import change_queue, create_queue, delete_queue
from kithdesk.routing.reasons import GIVEN_BY_HAND, HANDED_OFF, HANDED_TO_TEAM
from kithdesk.routing.resuming import set_timers
from kithdesk.routing.settings import SettingsChange, change_settings
from kithdesk.routing.skills import declare_skill, remove_skill, set_skills
from kithdesk.routing.statuses import draw_status, go_offline, set_status
from kithdesk.routing.waits import Wait, find_wait

__all__ = [
    "GIVEN_BY_HAND",
    "HANDED_OFF",
    "HANDED_TO_TEAM",
    "Agent",
    "Bucket",
    "Crowd",
    "Decision",
    "Destination",
    "InHand",
    "Next",
    "Profile",
    "QueueId",
    "QueueSurvey",
    "SettingsChange",
    "Terms",
    "Traits",
    "Transfers",
    "Wait",
    "Waiting",
    "Watch",
    "WorkItemId",
    "accept",
    "assign",
    "change",
    "change_queue",
    "change_rule",
    "change_settings",
    "create_queue",
    "create_rule",
    "declare_skill",
    "decline",
    "delete_queue",
    "delete_rule",
    "draw_last_item",
    "draw_status",
    "find_default_queue",
    "find_queue",
    "find_queues_of",
    "find_wait",
    "finish_wrap_up",
    "go_offline",
    "hand_off_to_queue",
    "hand_off_to_teams",
    "list_destinations",
    "list_living_at",
    "order_rules",
    "pick_agent",
    "pick_item",
    "remove_skill",
    "set_skills",
    "set_status",
    "set_timers",
    "survey_agents",
    "survey_queues",
    "transfer",
]
