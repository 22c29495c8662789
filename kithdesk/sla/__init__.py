"""SLAs: what is promised to customers, and the clocks that say whether it is kept.

Policies are asked in their order, and the first that matches a conversation is its SLA. Its clocks run by business
hours and stand while it is snoozed; a warning and a breach are stated to the second, whoever is there. Others read the
`sla` of a conversation where it is drawn, and hear of it by events.
"""

from kithdesk.sla.foreseeing import Foreseen, Foresight, Foretold, Holding
from kithdesk.sla.ids import PolicyId
from kithdesk.sla.policies import Wish, change_policy, create_policy, delete_policy, order_policies
from kithdesk.sla.promises import METRICS, Metric, Promise, Target
from kithdesk.sla.queries import Risky, list_risky
from kithdesk.sla.standing import Standing

__all__ = [
    "METRICS",
    "Foreseen",
    "Foresight",
    "Foretold",
    "Holding",
    "Metric",
    "PolicyId",
    "Promise",
    "Risky",
    "Standing",
    "Target",
    "Wish",
    "change_policy",
    "create_policy",
    "delete_policy",
    "list_risky",
    "order_policies",
]
