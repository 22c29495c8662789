"""Opening: what waited outside a queue's hours is given out to the second, whoever is there.

something waits ──▶ a timer at the next opening of its queue ──▶ whoever has room is served, and the next timer
hours change    ──▶ that timer, and how long work holds out for its language, are reckoned anew
"""

from __future__ import annotations

from kithdesk.calendar.events import ScheduleChanged, ScheduleDeleted
from kithdesk.core.events import Recorded
from kithdesk.core.work import Work
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.everybody import serve_all_anew
from kithdesk.routing.postponed import HoldOutAnew, OpenQueue
from kithdesk.routing.queries.items import list_holding_out, waits_in
from kithdesk.routing.queries.queues import list_queues
from kithdesk.routing.queues import MOST_QUEUES
from kithdesk.routing.serving import CHUNK, place


def open_queue(work: Work, job: OpenQueue) -> None:
    """Unless its hours have changed meanwhile: then a later timer does it."""
    floor = DeskFloor(work)
    if waits_in(work, job.queue):
        floor.wait_for_opening(job.queue)
    if floor.hours(job.queue).is_open(work.now):
        serve_all_anew(work)


def set_hours(work: Work, queue: str) -> None:
    """They are others now: of this queue, or of the schedule that it names."""
    work.cancel(OpenQueue.key(queue))
    floor = DeskFloor(work)
    if waits_in(work, queue):
        floor.wait_for_opening(queue)
        hold_out_anew(work, HoldOutAnew(queue=queue))
    if floor.hours(queue).is_open(work.now):
        serve_all_anew(work)


def hold_out_anew(work: Work, job: HoldOutAnew) -> None:
    """What waits there for its language is placed once more, as much as fits one command."""
    items = list_holding_out(work, job.queue, CHUNK, after=job.after)
    for item in items:
        place(DeskFloor(work), item.waiting)
    if len(items) == CHUNK:
        rest = HoldOutAnew(queue=job.queue, after=items[-1].conversation)
        work.enqueue(rest, unique=HoldOutAnew.key(job.queue), on_conflict="replace")


def on_schedule(work: Work, recorded: Recorded[ScheduleChanged] | Recorded[ScheduleDeleted]) -> None:
    for queue in list_queues(work, MOST_QUEUES, 0):
        if queue.terms.schedule == recorded.event.schedule:
            set_hours(work, queue.id)
