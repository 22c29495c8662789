"""After a change that concerns many: everybody who has room is served, and what waits in no queue any more moves."""

from __future__ import annotations

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.core.work import Work
from kithdesk.routing import reasons
from kithdesk.routing.arriving import put_into
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.events import WorkHoldEnded, WorkJudged
from kithdesk.routing.offering import pass_on
from kithdesk.routing.postponed import DropSkill, EmptyQueue, EndHold, EndLanguage, ServeEverybody
from kithdesk.routing.queries.agents import list_with_room
from kithdesk.routing.queries.items import (
    find_item,
    find_item_by_id,
    list_lines,
    list_offered_in,
    list_queued_in,
)
from kithdesk.routing.queries.skills import somebody_has
from kithdesk.routing.queries.stretches import list_asking_for
from kithdesk.routing.serving import CHUNK, hold_out_no_longer, place, serve
from kithdesk.routing.stating import default_queue


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
    """Moves what waits in a queue that is gone to the default one, or is asked out of it, as much as fits one command.

    What is snoozed finds its queue gone when it comes back.
    """
    left = CHUNK
    for line, _, _ in list_lines(work, [queue]):
        for item in list_queued_in(work, line, left):
            put_into(work, item.conversation, default_queue(work), otherwise=reasons.QUEUE_GONE)
            left -= 1
        if left == 0:
            break
    for item in list_offered_in(work, queue, left) if left else ():
        pass_on(work, item, "withdrawn")
        left -= 1
    if left == 0:
        work.enqueue(EmptyQueue(queue=queue), unique=f"{EmptyQueue.kind}:{queue}")


def drop_skill(work: Work, skill: str, *, after: str = "") -> None:
    """No living item asks for it any longer: nobody has it. As much as fits one command.

    What somebody has, is asked to take, or snoozes may wait again one day.
    """
    items, rest = list_asking_for(work, skill, CHUNK, after=after)
    for item in items:
        if skill in item.own_skills:
            left = [own for own in item.own_skills if own != skill]
            conversations.change(work, ConversationId(item.conversation), {"skills": left})
        if skill == item.language or skill in dict(item.skills):
            _ask_less(work, item, skill)
    if rest is not None:
        job = DropSkill(skill=skill, after=rest)
        work.enqueue(job, unique=f"{DropSkill.kind}:{skill}", on_conflict="replace")


def go_on_dropping(work: Work, job: DropSkill) -> None:
    """Unless somebody has learnt it meanwhile."""
    if not somebody_has(work, job.skill):
        drop_skill(work, job.skill, after=job.after)


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
            preferred_as=item.preferred_as,
            language=None if item.language == skill else item.language,
            reserved_for=item.reserved_for,
            held_until=item.held_until,
        )
    )
    place_if_it_waits(work, item.conversation)


def end_language(work: Work, job: EndLanguage) -> None:
    """It held out for its language long enough, unless its queue's hours are others by now, or it does not wait."""
    item = find_item_by_id(work, job.item)
    if item is None or item.state != "queued" or not item.holds_out:
        return
    floor = DeskFloor(work)
    if floor.may_hold_out(item.waiting):
        floor.hold_out(item)
    else:
        hold_out_no_longer(floor, item.waiting)


def place_if_it_waits(work: Work, conversation: str) -> None:
    """After what decides who may take it has changed."""
    item = find_item(work, work.organisation, conversation)
    if item is not None and item.state == "queued":
        place(DeskFloor(work), item.waiting)


def go_on_emptying(work: Work, job: EmptyQueue) -> None:
    empty_queue(work, job.queue)


def end_hold(work: Work, job: EndHold) -> None:
    """It was held long enough, and is for anybody: now, or once it waits again, if it is asked or snoozed."""
    item = find_item_by_id(work, job.item)
    if item is None or not item.is_live or item.held_until is None or item.held_until > work.now:
        return
    work.publish(WorkHoldEnded(item=item.id, conversation=item.conversation, queue=item.queue))
    place_if_it_waits(work, item.conversation)
