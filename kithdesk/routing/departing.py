"""What has left each queue of late, by the minute: from this the waits of others are foretold."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from kithdesk.core.clock import MINUTE, Instant
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.routing.tables import departures

RING = 60
"""How many minutes are kept; the next one writes over the oldest."""

_SLOT = select(departures.c.minute, departures.c.departed, departures.c.waited).where(
    departures.c.organisation == bindparam("organisation"),
    departures.c.queue == bindparam("queue"),
    departures.c.slot == bindparam("slot"),
)
_PUT = Upsert(departures, ["organisation", "queue", "slot"])


def depart(rows: Rows, queue: str, *, at: Instant, waited: int) -> None:
    """One more has left the queue for an agent, after so many milliseconds."""
    minute = at // MINUTE
    slot: dict[str, Any] = {"organisation": rows.organisation, "queue": queue, "slot": minute % RING}
    found = rows.execute(_SLOT, slot).first()
    departed, before = (
        (found.departed, found.waited) if found is not None and found.minute == minute else (0, 0)
    )
    rows.execute(_PUT, {**slot, "minute": minute, "departed": departed + 1, "waited": before + waited})
