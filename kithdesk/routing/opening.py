"""Opening: what waited outside a queue's hours is given out to the second, whoever is there.

something waits ──▶ a timer at the next opening of its queue ──▶ whoever has room is served, and the next timer
hours change    ──▶ that timer, and how long work holds out for its language, are reckoned anew
"""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.calendar.events import ScheduleChanged, ScheduleDeleted
from kithdesk.core.events import Recorded
from kithdesk.core.work import Work
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.everybody import serve_all_anew
from kithdesk.routing.postponed import HoldOutAnew, OpenQueue, SetHours
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


def set_hours(work: Work, queues: Sequence[str]) -> None:
    """They are others now: of these queues, or of the schedule that they name."""
    floor = DeskFloor(work)
    _set_timers(floor, queues)
    _serve_if_open(floor, queues)


def set_hours_by(work: Work, job: SetHours) -> None:
    """Of all queues that name the schedule, as many as fit one command. After the last, whoever has room is served."""
    named = [queue.id for queue in list_queues(work, MOST_QUEUES, 0) if queue.terms.schedule == job.schedule]
    queues = [queue for queue in named if queue > job.after]
    floor = DeskFloor(work)
    _set_timers(floor, queues[:CHUNK])
    if len(queues) > CHUNK:
        rest = SetHours(schedule=job.schedule, after=queues[CHUNK - 1])
        work.enqueue(rest, unique=rest.key, on_conflict="replace")
    else:
        _serve_if_open(floor, named[:1])  # all keep the same hours


def _set_timers(floor: DeskFloor, queues: Sequence[str]) -> None:
    """What holds out for its language there is reckoned by jobs: each queue's may be a command of its own."""
    floor.know(set(queues))
    work = floor.work
    for queue in queues:
        work.cancel(OpenQueue.key(queue))
        if waits_in(work, queue):
            floor.wait_for_opening(queue)
        if list_holding_out(work, queue, 1):
            job = HoldOutAnew(queue=queue)
            work.enqueue(job, unique=HoldOutAnew.key(queue), on_conflict="replace")


def _serve_if_open(floor: DeskFloor, queues: Sequence[str]) -> None:
    if any(floor.hours(queue).is_open(floor.work.now) for queue in queues):
        serve_all_anew(floor.work)


def hold_out_anew(work: Work, job: HoldOutAnew) -> None:
    """What waits there for its language is placed once more, as much as fits one command."""
    items = list_holding_out(work, job.queue, CHUNK, after=job.after)
    for item in items:
        place(DeskFloor(work), item.waiting)
    if len(items) == CHUNK:
        rest = HoldOutAnew(queue=job.queue, after=items[-1].conversation)
        work.enqueue(rest, unique=HoldOutAnew.key(job.queue), on_conflict="replace")


def on_schedule(work: Work, recorded: Recorded[ScheduleChanged] | Recorded[ScheduleDeleted]) -> None:
    set_hours_by(work, SetHours(schedule=recorded.event.schedule))
