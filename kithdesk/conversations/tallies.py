"""How many conversations there are of each status: in all, of each agent, of nobody, in each queue.

Counted as they change, so that a list never has to be counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kithdesk.conversations.tables import conversation_tallies
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows

ALL = "*"
NOBODY = ""

_COUNT = Upsert(conversation_tallies, ["organisation", "whose", "status"], adds=["total"])


class Place(NamedTuple):
    """Where a conversation is counted."""

    status: str
    users: Sequence[str] = ()
    queue: str | None = None

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        for whose in (ALL, *(self.users or (NOBODY,))):
            yield whose, self.status
        if self.queue is not None:
            yield of_queue(self.queue), self.status


def of_queue(queue: str) -> str:
    """The key of a queue's tally."""
    return f"queue:{queue}"


def tally(rows: Rows, before: Place | None, after: Place) -> None:
    """A conversation has come (`before` None) or moved; whoever still has it as before is not counted anew."""
    changes = Counter(after.keys)
    changes.subtract(() if before is None else before.keys)
    for (whose, status), by in changes.items():
        if by:
            values = {"organisation": rows.organisation, "whose": whose, "status": status, "total": by}
            rows.execute(_COUNT, values)
