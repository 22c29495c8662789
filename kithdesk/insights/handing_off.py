"""What handing a conversation on would change of what its customer is promised: told before it is done."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from kithdesk.core.clock import iso_or_none
from kithdesk.core.deadlines import Deadline
from kithdesk.core.documents import resource
from kithdesk.core.work import Reads
from kithdesk.routing import Destination, list_destinations
from kithdesk.sla import Foreseen, Foresight, Holding


class Handoffs(NamedTuple):
    """`sla_handoff` resources. `is_cut`: not all places could be looked at, and of the others nothing is known."""

    drawn: list[dict[str, Any]]
    is_cut: bool


def draw_handoffs(
    reads: Reads, conversation_id: str, deadline: Deadline, places: Collection[str] | None = None
) -> Handoffs:
    """One for each queue, team and agent with which another SLA would rule; its id is theirs. Only of these places, or
    of all. Raises `NotFound`.
    """
    foresight = Foresight(reads, conversation_id)
    if foresight.is_clear:
        return Handoffs([], is_cut=False)
    asked = list_destinations(reads, conversation_id, places)
    found = foresight.if_had_by([Holding(one.queue, one.users, one.teams) for one in asked], deadline)
    drawn = [_draw(to, one) for to, one in zip(asked, found, strict=False) if one is not None]
    return Handoffs(drawn, is_cut=len(found) < len(asked))


def _draw(to: Destination, foreseen: Foreseen) -> dict[str, Any]:
    attributes = {
        "place": to.place,
        "sla": foreseen.sla,
        "slaBefore": foreseen.before,
        "mayChange": foreseen.is_untold,
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
