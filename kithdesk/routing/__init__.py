"""Routing: who serves a conversation, and why.

Work enters a queue and goes to the best agent who may take it, in the transaction in which it arrives or in which
somebody has room again. `assign` and `hand_off_to_queue` are the same by hand, `accept` and `decline` answer an offer,
`change` is the API's change of a conversation; `set_status` and `renew_leases` say who is there. Who has it is stated
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
from kithdesk.routing.handing_off import assign, change, hand_off_to_queue
from kithdesk.routing.ids import QueueId, WorkItemId
from kithdesk.routing.offering import accept, decline, finish_wrap_up
from kithdesk.routing.presence import renew_leases
from kithdesk.routing.profiles import Profile, Transfers
from kithdesk.routing.queries.queues import find_default_queue, find_queue
from kithdesk.routing.queues import change_queue, create_queue, delete_queue
from kithdesk.routing.settings import SettingsChange, change_settings
from kithdesk.routing.statuses import draw_status, go_offline, set_status

__all__ = [
    "Agent",
    "Crowd",
    "Decision",
    "Next",
    "Profile",
    "QueueId",
    "SettingsChange",
    "Terms",
    "Traits",
    "Transfers",
    "Waiting",
    "WorkItemId",
    "accept",
    "assign",
    "change",
    "change_queue",
    "change_settings",
    "create_queue",
    "decline",
    "delete_queue",
    "draw_status",
    "find_default_queue",
    "find_queue",
    "finish_wrap_up",
    "go_offline",
    "hand_off_to_queue",
    "pick_agent",
    "pick_item",
    "renew_leases",
    "set_status",
]
