"""Offers: an agent is asked, and accepts, declines, or lets the time pass. And what follows in the end: wrapping up.

offered ─accept──▶ assigned            ─conversation done─▶ wrap_up ─time over, or said so─▶ completed
   ├─decline─────▶ the next agent; nobody left to ask ─a while─▶ all who may take it are asked again
   └─time over───▶ the next agent; this one is unavailable until they say otherwise
"""

from __future__ import annotations

from functools import partial

from kithdesk.conversations import may_see_conversation
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Work
from kithdesk.routing import reasons, serving
from kithdesk.routing.arriving import put_back
from kithdesk.routing.choosing import Waiting
from kithdesk.routing.declining import forget_declining
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.errors import NotWrappingUp, OfferGone
from kithdesk.routing.events import How, WorkWrappedUp
from kithdesk.routing.ids import WorkItemId
from kithdesk.routing.postponed import AskAgain, EndOffer, EndWrapUp
from kithdesk.routing.queries.items import find_item_by_id
from kithdesk.routing.serving import serve
from kithdesk.routing.stating import record


def accept(work: Work, item_id: WorkItemId) -> None:
    """The agent who is asked takes it. To accept again changes nothing. Raises `NotFound`, `OfferGone`."""
    item = get_item(work, item_id)
    if item.state == "assigned" and work.actor.id in item.users:
        return
    _check_asked(work, item)
    record(work, item, users=[str(work.actor.id)], reason=reasons.ACCEPTED, by=work.actor)
    work.cancel(EndOffer.key(item.id))


def decline(work: Work, item_id: WorkItemId) -> None:
    """It goes to the next. To decline again changes nothing. Raises `NotFound`, `OfferGone`."""
    item = get_item(work, item_id)
    if work.actor.id in item.declined and not _is_asked(work, item):
        return
    _check_asked(work, item)
    pass_on(work, item, "declined")


def pass_on(work: Work, item: WorkItem, how: How) -> None:
    """The offer ends; the item goes to the next agent, and who was asked to what else waits."""
    assert item.offered_to is not None
    serving.pass_on(DeskFloor(work), item.waiting, item.offered_to, how, partial(_put_back, work))


def _put_back(work: Work, waiting: Waiting) -> None:
    """Its queue may have gone, or been filled, while the agent was asked."""
    item = find_item_by_id(work, waiting.id)
    assert item is not None
    put_back(work, item, otherwise=reasons.QUEUE_GONE, waits_on=True)


def end_late_offer(work: Work, job: EndOffer) -> None:
    """Unless it was taken, declined, or offered anew meanwhile."""
    item = find_item_by_id(work, job.item)
    if item is not None and item.state == "offered" and item.offered_until == job.until:
        pass_on(work, item, "timed_out")


def ask_again(work: Work, job: AskAgain) -> None:
    """It still waits for somebody who has neither declined nor given it away. An offer that stands ends by itself."""
    item = find_item_by_id(work, job.item)
    if item is None or item.state != "queued" or not (item.declined or item.not_for):
        return
    if item.asked_again_at is not None and item.asked_again_at > work.now:
        return
    forget_declining(work, item)
    serving.place(DeskFloor(work), get_item(work, item.id).waiting)


def finish_wrap_up(work: Work, item_id: WorkItemId) -> None:
    """The agent is done with it before the time. Raises `NotFound`, `NotWrappingUp`."""
    item = get_item(work, item_id)
    if item.state == "completed":
        return
    if item.state != "wrap_up" or not (work.actor.id in item.users or work.actor.may_administer):
        raise NotWrappingUp
    wrap_up_ends(work, item)


def end_wrap_up(work: Work, job: EndWrapUp) -> None:
    item = find_item_by_id(work, job.item)
    if item is not None and item.state == "wrap_up":
        wrap_up_ends(work, item)


def wrap_up_ends(work: Work, item: WorkItem) -> None:
    """They have room for something new."""
    work.publish(
        WorkWrappedUp(item=item.id, conversation=item.conversation, queue=item.queue, users=item.users)
    )
    work.cancel(EndWrapUp.key(item.id))
    serve(DeskFloor(work), item.users)


def get_item(work: Work, item_id: WorkItemId) -> WorkItem:
    """Raises `NotFound` for none, and for one of a conversation that the actor may not see."""
    item = find_item_by_id(work, item_id)
    if item is None or not may_see_conversation(work, item.conversation):
        raise NotFound
    return item


def _check_asked(work: Work, item: WorkItem) -> None:
    if not _is_asked(work, item):
        raise OfferGone


def _is_asked(work: Work, item: WorkItem) -> bool:
    return item.state == "offered" and item.offered_to == work.actor.id
