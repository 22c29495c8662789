"""After a change that concerns many: everybody who has room is served, and what waits in no queue any more moves."""

from __future__ import annotations

from kithdesk.core.work import Work
from kithdesk.routing import reasons
from kithdesk.routing.arriving import put_into
from kithdesk.routing.desk_floor import DeskFloor, default_queue
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.events import WorkHoldEnded, WorkJudged
from kithdesk.routing.postponed import DropSkill, EmptyQueue, EndHold, ServeEverybody
from kithdesk.routing.queries.agents import list_with_room
from kithdesk.routing.queries.items import find_item_by_id, list_lines, list_queued_in
from kithdesk.routing.queries.skills import somebody_has
from kithdesk.routing.serving import CHUNK, place, serve


def serve_everybody(work: Work, *, after: str = "") -> None:
    """Those with room, in the order of their ids, as many as fit one command."""
    users = list_with_room(work, CHUNK + 1, after=after)
    serve(DeskFloor(work), users[:CHUNK])
    if len(users) > CHUNK:
        # From the start, if a later change asks for that meanwhile: `keep` leaves its job alone.
        work.enqueue(ServeEverybody(after=users[CHUNK - 1]), unique=ServeEverybody.kind)


def serve_all_anew(work: Work) -> None:
    """After a change of what agents may take, whatever round is under way."""
    work.cancel(ServeEverybody.kind)
    serve_everybody(work)


def go_on_serving_everybody(work: Work, job: ServeEverybody) -> None:
    serve_everybody(work, after=job.after)


def empty_queue(work: Work, queue: str) -> None:
    """Moves what waits in a queue that is gone to the default one, as much as fits one command."""
    left = CHUNK
    for line, _, _ in list_lines(work, [queue]):
        for item in list_queued_in(work, line, left):
            put_into(work, item.conversation, default_queue(work), otherwise=reasons.QUEUE_GONE)
            left -= 1
        if left == 0:
            work.enqueue(EmptyQueue(queue=queue), unique=f"{EmptyQueue.kind}:{queue}")
            return


def drop_skill(work: Work, skill: str) -> None:
    """What waits asks for it no longer: nobody has it. As much as fits one command."""
    left = CHUNK
    for line, traits, _ in list_lines(work):
        if skill not in dict(traits.skills):
            continue
        for item in list_queued_in(work, line, left):
            _ask_less(work, item, skill)
            left -= 1
        if left == 0:
            work.enqueue(DropSkill(skill=skill), unique=f"{DropSkill.kind}:{skill}")
            return


def go_on_dropping(work: Work, job: DropSkill) -> None:
    """Unless somebody has learnt it meanwhile."""
    if not somebody_has(work, job.skill):
        drop_skill(work, job.skill)


def _ask_less(work: Work, item: WorkItem, skill: str) -> None:
    work.publish(
        WorkJudged(
            conversation=item.conversation,
            queue=item.queue or "",
            priority=item.priority,
            weight=item.weight,
            rule=item.rule,
            skills=tuple(one for one in item.skills if one[0] != skill),
            preferred=item.preferred,
            reserved_for=item.reserved_for,
            held_until=item.held_until,
        )
    )
    after = find_item_by_id(work, item.id)
    assert after is not None
    place(DeskFloor(work), after.waiting)


def go_on_emptying(work: Work, job: EmptyQueue) -> None:
    empty_queue(work, job.queue)


def end_hold(work: Work, job: EndHold) -> None:
    """It was held long enough, and is for anybody. Unless it went on meanwhile."""
    item = find_item_by_id(work, job.item)
    if item is None or item.state != "queued" or item.held_until is None or item.held_until > work.now:
        return
    work.publish(WorkHoldEnded(item=item.id, conversation=item.conversation, queue=item.queue))
    after = find_item_by_id(work, item.id)
    assert after is not None
    place(DeskFloor(work), after.waiting)
