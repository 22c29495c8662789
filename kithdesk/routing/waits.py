"""Waits: how much waits in each queue, and what somebody who waits may expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kithdesk.core.clock import MINUTE, Instant, iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.work import Reads
from kithdesk.routing.at_hand import Crews, somebody_may_take
from kithdesk.routing.entities import Queue, WorkItem
from kithdesk.routing.forecast import WINDOW, Departed, expected_wait, recent_wait
from kithdesk.routing.queries.items import count_before, find_item, list_heads, list_lines
from kithdesk.routing.queries.queues import find_queue, find_queues, list_departures
from kithdesk.routing.queues import hours_of


@dataclass(frozen=True, slots=True)
class Wait:
    """`position` counts from 1. `expected`: milliseconds, None where nothing is known, or nobody who may take it is
    available. `opens_at`: when its queue does, while that is closed. `offers_form`: its customer may leave an address
    instead of waiting."""

    position: int
    expected: int | None
    opens_at: Instant | None = None
    is_open: bool = True
    offers_form: bool = False


def draw_metrics(reads: Reads, queue_ids: Sequence[str]) -> list[dict[str, Any]]:
    """`queue_metrics` resources of those of the queues that there are."""
    crews = Crews(reads)
    return [_draw(reads, queue, crews) for queue in find_queues(reads, queue_ids).values()]


def find_wait(reads: Reads, conversation: str) -> Wait | None:
    """None for what does not wait. The caller has checked that it may be seen."""
    item = find_item(reads, reads.organisation, conversation)
    if item is None or item.queue is None or item.state not in ("queued", "offered"):
        return None
    ahead = 0 if item.state == "offered" else _ahead(reads, item)
    hours = hours_of(reads, find_queue(reads, item.queue))
    is_open = hours.is_open(reads.now)
    return Wait(
        position=ahead + 1,
        expected=_expected(reads, item, ahead) if is_open else None,
        is_open=is_open,
        opens_at=None if is_open else hours.next_opening(reads.now),
        offers_form=item.offers_form,
    )


def _expected(reads: Reads, item: WorkItem, ahead: int) -> int | None:
    """Who has room is not for it, or it would not wait. Whoever is asked to take it is there."""
    available = item.state == "offered" or somebody_may_take(reads, item)
    return expected_wait(ahead, _departed(reads, item.queue or ""), now=reads.now, available=int(available))


def _ahead(reads: Reads, item: WorkItem) -> int:
    """What of the same queue goes first: of a higher priority, or of the same and longer waiting."""
    ahead = 0
    for line, traits, waiting in list_lines(reads, [item.queue or ""]):
        if traits.priority < item.priority:
            ahead += waiting
        elif traits.priority == item.priority:
            ahead += count_before(reads, item, line)
    return ahead


def _departed(reads: Reads, queue: str) -> list[Departed]:
    after = reads.now // MINUTE - WINDOW
    return [Departed(row.minute, row.departed, row.waited) for row in list_departures(reads, queue, after)]


def _draw(reads: Reads, of: Queue, crews: Crews) -> dict[str, Any]:
    queue, hours, here = of.id, hours_of(reads, of), crews.of(of.id)
    is_open = hours.is_open(reads.now)
    lines = list_lines(reads, [queue])
    waiting = sum(count for _, _, count in lines)
    since = min((head.entered_at for head in list_heads(reads, [line for line, _, _ in lines])), default=None)
    departed = _departed(reads, queue)
    attributes = {
        "waiting": waiting,
        "longestWait": None if since is None else max(0, reads.now - since),
        "expectedWait": (
            expected_wait(waiting, departed, now=reads.now, available=here.available, free=here.free)
            if is_open
            else None
        ),
        "open": is_open,
        "opensAt": None if is_open else iso_or_none(hours.next_opening(reads.now)),
        "recentWait": recent_wait(departed, now=reads.now),
    }
    around = {"queue": {"data": {"type": "queue", "id": queue}}}
    return resource("queue_metrics", queue, attributes, relationships=around)
