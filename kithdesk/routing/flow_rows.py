"""What came into each queue, left it for an agent and was done, by the minute, for an hour.

From what left, the waits of others are foretold; a live board draws all three.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import bindparam, literal_column, select, update

from kithdesk.core.clock import MINUTE, Instant
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.routing.entities import IN_QUEUE, IS_DONE, WorkItem, decode_waits, encode
from kithdesk.routing.tables import queue_flow

RING = 60
"""How many minutes are kept; the next one writes over the oldest."""
_SIGNIFICANT = 6
"""Bits of a wait that are kept: to within two parts in a hundred, however long it was."""

_NOTHING: dict[str, Any] = {"arrived": 0, "departed": 0, "waited": 0, "waits": "{}", "completed": 0}
_AT = (
    queue_flow.c.organisation == bindparam("of"),
    queue_flow.c.queue == bindparam("of_queue"),
    queue_flow.c.slot == bindparam("at_slot"),
    queue_flow.c.minute == bindparam("at_minute"),
)
_MINUTE = select(*[queue_flow.c[name] for name in _NOTHING]).where(*_AT)
_ONE_MORE = {
    name: update(queue_flow).where(*_AT).values({name: literal_column(f"{name} + 1")})
    for name in ("arrived", "completed")
}
_PUT = Upsert(queue_flow, ["organisation", "queue", "slot"])


def note_flow(rows: Rows, before: WorkItem, after: WorkItem, *, at: Instant, is_given: bool) -> None:
    """What an item's change says of its queue. `is_given`: somebody has it by this very change.

    What comes back to the queue in which it was is no other arrival.
    """
    if after.queue is None:
        return
    slot = _slot(rows, after.queue, at)
    if before.queue != after.queue and after.state not in IS_DONE:
        _count(rows, slot, "arrived")
    if is_given and before.state in ("idle", *IN_QUEUE):
        _depart(rows, slot, waited=0 if before.queued_at is None else at - before.queued_at)
    if after.state in IS_DONE and before.state not in IS_DONE:
        _count(rows, slot, "completed")


def _count(rows: Rows, slot: dict[str, Any], what: Literal["arrived", "completed"]) -> None:
    if rows.execute(_ONE_MORE[what], slot).rowcount == 0:
        _put(rows, slot, {**_NOTHING, what: 1})


def _depart(rows: Rows, slot: dict[str, Any], *, waited: int) -> None:
    found = rows.execute(_MINUTE, slot).first()
    minute = _NOTHING if found is None else found._asdict()
    waits = decode_waits(minute["waits"])
    about = rounded(waited)
    waits[about] = waits.get(about, 0) + 1
    departed = {
        "departed": minute["departed"] + 1,
        "waited": minute["waited"] + waited,
        "waits": encode(waits),
    }
    _put(rows, slot, {**minute, **departed})


def rounded(waited: int) -> int:
    """The wait as it is kept: to the nearest of its first bits, so that a busy minute has few different ones."""
    rest = max(0, waited.bit_length() - _SIGNIFICANT)
    return (waited + (1 << rest >> 1)) >> rest << rest


def _slot(rows: Rows, queue: str, at: Instant) -> dict[str, Any]:
    minute = at // MINUTE
    return {"of": rows.organisation, "of_queue": queue, "at_slot": minute % RING, "at_minute": minute}


def _put(rows: Rows, slot: dict[str, Any], counts: dict[str, Any]) -> None:
    key = {"organisation": slot["of"], "queue": slot["of_queue"], "slot": slot["at_slot"]}
    rows.execute(_PUT, {**key, "minute": slot["at_minute"], **counts})
