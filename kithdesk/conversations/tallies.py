"""How many conversations there are of each status: in all, of each agent, of nobody, in each queue.

Counted as they change, so that a list never has to be counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, update

from kithdesk.conversations.tables import conversation_tallies
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows

ALL = "*"
NOBODY = ""

_START = Upsert(conversation_tallies, ["organisation", "whose", "status"], [])
_COUNT = (
    update(conversation_tallies)
    .where(
        conversation_tallies.c.organisation == bindparam("organisation"),
        conversation_tallies.c.whose == bindparam("whose"),
        conversation_tallies.c.status == bindparam("status"),
    )
    .values(total=conversation_tallies.c.total + bindparam("by"))
)


def of_queue(queue: str) -> str:
    """The key of a queue's tally."""
    return f"queue:{queue}"


def tally(rows: Rows, status: str, by: int, *, users: Sequence[str] = (), queue: str | None = None) -> None:
    """One conversation more (`by` 1) or less (-1) with this status, of these users and in this queue."""
    for whose in (ALL, *(users or (NOBODY,)), *(() if queue is None else (of_queue(queue),))):
        values = {"organisation": rows.organisation, "whose": whose, "status": status, "total": 0, "by": by}
        if rows.execute(_COUNT, values).rowcount == 0:
            rows.execute(_START, values)
            rows.execute(_COUNT, values)
