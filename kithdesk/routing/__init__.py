"""Routing: who serves a conversation, and why.

Work enters a queue and goes to the available agent with the most free share of their capacity, in the transaction in
which it arrives or in which somebody has room again. `assign` and `hand_off_to_queue` are the same by hand, `change` is
the API's change of a conversation; `set_status` and `renew_leases` say who is there. Who has it is stated as
`conversation.assigned`.
"""

from kithdesk.routing.capacity import SettingsChange, change_settings
from kithdesk.routing.choosing import Candidate, Choice, Match, Waiting, choose, match
from kithdesk.routing.handing_off import assign, change, hand_off_to_queue
from kithdesk.routing.ids import QueueId
from kithdesk.routing.presence import renew_leases
from kithdesk.routing.queries import find_default_queue, find_queue
from kithdesk.routing.statuses import draw_status, go_offline, set_status

__all__ = [
    "Candidate",
    "Choice",
    "Match",
    "QueueId",
    "SettingsChange",
    "Waiting",
    "assign",
    "change",
    "change_settings",
    "choose",
    "draw_status",
    "find_default_queue",
    "find_queue",
    "go_offline",
    "hand_off_to_queue",
    "match",
    "renew_leases",
    "set_status",
]
