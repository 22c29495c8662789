"""What handing a conversation on would change of what its customer is promised: told before it is done."""

from __future__ import annotations

from typing import Any

from kithdesk.core.clock import iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.work import Reads
from kithdesk.routing import Destination, list_destinations
from kithdesk.sla import Foreseen, Foresight


def draw_handoffs(reads: Reads, conversation_id: str) -> list[dict[str, Any]]:
    """An `sla_handoff` resource for each queue, team and agent with which another SLA would rule; its id is theirs.

    Raises `NotFound`.
    """
    foresight = Foresight(reads, conversation_id)
    if foresight.is_clear:
        return []
    drawn = []
    for one in list_destinations(reads, conversation_id):
        foreseen = foresight.if_had_by(one.queue, users=one.users, teams=one.teams)
        if foreseen is not None:
            drawn.append(_draw(one, foreseen))
    return drawn


def _draw(to: Destination, foreseen: Foreseen) -> dict[str, Any]:
    attributes = {
        "place": to.place,
        "sla": foreseen.sla,
        "slaBefore": foreseen.before,
        "promises": [
            {
                "metric": one.metric,
                "seconds": one.seconds,
                "secondsBefore": one.seconds_before,
                "dueAt": iso_or_none(one.due),
                "dueAtBefore": iso_or_none(one.due_before),
            }
            for one in foreseen.promises
        ],
    }
    return resource("sla_handoff", to.id, attributes)
