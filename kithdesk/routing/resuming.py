"""Setting timers anew from rows alone, where rows were made without what sets them."""

from __future__ import annotations

from collections.abc import Mapping

from kithdesk.core.clock import Instant
from kithdesk.core.work import Work
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.entities import IN_QUEUE, WorkItem
from kithdesk.routing.floor import ASK_AGAIN
from kithdesk.routing.overflowing import due_at
from kithdesk.routing.postponed import AskAgain, EndHold, EndOffer, EndWrapUp, Overflow
from kithdesk.routing.queries.items import find_item, waits_in
from kithdesk.routing.queries.past import list_timed
from kithdesk.routing.queries.queues import find_queue, list_queues
from kithdesk.routing.queues import MOST_QUEUES

_CHUNK = 500


def set_timers(work: Work, *, overflowing: Mapping[str, Instant] | None = None) -> None:
    """Of everything that waits, is offered, or is wound up, what is due and when.

    No row tells whether something overflows: what came by overflowing does not. `overflowing`: which conversations do,
    and when; None: as their queues say.
    """
    floor = DeskFloor(work)
    for queue in list_queues(work, MOST_QUEUES, 0):
        if waits_in(work, queue.id):
            floor.wait_for_opening(queue.id)
    after = ""
    while found := list_timed(work, after=after, limit=_CHUNK):
        for conversation in found:
            item = find_item(work, work.organisation, conversation)
            if item is not None:
                _set(work, item)
                if item.state in IN_QUEUE and item.traits.language is not None:
                    floor.hold_out(item)
                _set_overflow(work, item, overflowing)
        after = found[-1]


def _set(work: Work, item: WorkItem) -> None:
    if item.state == "wrap_up" and item.wrap_up_until is not None:
        work.enqueue(EndWrapUp(item=item.id), at=item.wrap_up_until, unique=EndWrapUp.key(item.id))
        return
    if item.state == "offered" and item.offered_to is not None and item.offered_until is not None:
        until = item.offered_until
        job = EndOffer(item=item.id, user=item.offered_to, until=until)
        work.enqueue(job, at=until, unique=EndOffer.key(item.id))
    if item.state == "queued" and (item.declined or item.not_for):
        soonest = work.now if item.declined else Instant(max(work.now, item.entered_at + ASK_AGAIN))
        again_at = soonest if item.asked_again_at is None else item.asked_again_at
        work.enqueue(AskAgain(item=item.id), at=again_at, unique=AskAgain.key(item.id))
    if item.held_until is not None:
        work.enqueue(EndHold(item=item.id), at=item.held_until, unique=EndHold.key(item.id))


def _set_overflow(work: Work, item: WorkItem, known: Mapping[str, Instant] | None) -> None:
    queue = None if item.queue is None else find_queue(work, item.queue)
    if queue is None or item.queued_at is None:
        return
    at = due_at(item.queued_at, queue.overflow) if known is None else known.get(item.conversation)
    if at is not None:
        job = Overflow(item=item.id, queue=queue.id, since=item.queued_at)
        work.enqueue(job, at=at, unique=Overflow.key(item.id))
