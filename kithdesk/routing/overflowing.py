"""When what waits in a queue overflows by the clock. A change of that counts at once, from when it began to wait."""

from __future__ import annotations

import msgspec

from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.work import Work
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.events import OverflowTerms
from kithdesk.routing.postponed import Overflow, OverflowAnew
from kithdesk.routing.queries.queues import find_queue
from kithdesk.routing.queries.stretches import list_standing_in

CHUNK = 100
"""How many timers one command sets: about 5 ms."""


def due_at(since: Instant, terms: OverflowTerms | None) -> Instant | None:
    """None: not by the clock."""
    if terms is None or terms.after_seconds is None:
        return None
    return Instant(since + terms.after_seconds * SECOND)


def overflow_anew(work: Work, job: OverflowAnew) -> None:
    """Sets the timers of what waits there, then of what is asked out of it, as much as fits one command."""
    queue = find_queue(work, job.queue)
    if queue is None:
        return
    items = list_standing_in(work, job.queue, job.state, CHUNK, after=(job.entered_at, job.conversation))
    for item in items:
        _set_timer(work, item, queue.overflow)
    if len(items) == CHUNK:
        last = items[-1]
        rest = msgspec.structs.replace(job, entered_at=last.entered_at, conversation=last.conversation)
    elif job.state == "queued":
        rest = OverflowAnew(queue=job.queue, state="offered")
    else:
        return
    work.enqueue(rest, unique=OverflowAnew.key(job.queue))


def _set_timer(work: Work, item: WorkItem, terms: OverflowTerms | None) -> None:
    at = None if item.queued_at is None else due_at(item.queued_at, terms)
    if at is None or item.queued_at is None:
        work.cancel(Overflow.key(item.id))
        return
    job = Overflow(item=item.id, queue=item.queue or "", since=item.queued_at)
    work.enqueue(job, at=max(at, work.now), unique=Overflow.key(item.id), on_conflict="replace")
