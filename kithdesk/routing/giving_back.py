"""What an agent gives back by going: what they have, what they wind up, and what they were asked to take."""

from __future__ import annotations

from kithdesk.conversations import ConversationId, get_conversation
from kithdesk.core.work import Work
from kithdesk.routing import reasons
from kithdesk.routing.arriving import put_back
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.offering import pass_on, wrap_up_ends
from kithdesk.routing.postponed import GiveBack, WithdrawOffers
from kithdesk.routing.queries.agents import find_agent
from kithdesk.routing.queries.items import find_item, list_asked, list_live
from kithdesk.routing.stating import record

CHUNK = 20


def give_back(work: Work, user: str, *, everything: bool = False, after: str = "") -> None:
    """Everything open goes to their colleagues in it, or to the queue and whoever has room.

    What their team or the queue leaves them stays, unless `everything` goes; what they only were asked never does.
    """
    floor = DeskFloor(work)
    live = list_live(work, user, CHUNK + 1, after=after)
    for conversation in live[:CHUNK]:
        item = find_item(work, work.organisation, conversation)
        assert item is not None
        if item.state == "offered":
            pass_on(work, item, "withdrawn")
        elif item.state == "wrap_up":
            wrap_up_ends(work, item)
        elif everything or _requeues(floor, item, user):
            _give_on(work, item, user)
    if len(live) > CHUNK:
        job = GiveBack(user=user, after=live[CHUNK - 1], everything=everything)
        work.enqueue(job, unique=job.key, on_conflict="replace")


def withdraw_offers(work: Work, user: str) -> None:
    """They are asked no longer, for they are away. As much as fits one command."""
    asked = list_asked(work, user, CHUNK + 1)
    for conversation in asked[:CHUNK]:
        item = find_item(work, work.organisation, conversation)
        if item is not None and item.state == "offered":
            pass_on(work, item, "withdrawn")
    if len(asked) > CHUNK:
        work.enqueue(WithdrawOffers(user=user), unique=f"{WithdrawOffers.kind}:{user}")


def _give_on(work: Work, item: WorkItem, user: str) -> None:
    others = [other for other in item.users if other != user]
    if others:
        record(work, item, users=others, reason=reasons.AGENT_OFFLINE)
    else:
        was_answered = _was_answered(work, item)
        why = reasons.AGENT_LEFT_IT_ANSWERED if was_answered else reasons.AGENT_OFFLINE
        put_back(work, item, otherwise=why)


def _was_answered(work: Work, item: WorkItem) -> bool:
    """While it was somebody's: its customer does not wait, or waits for less long than they had it."""
    conversation = get_conversation(work, ConversationId(item.conversation))
    since = conversation.waiting_since
    return since is None or item.accepted_at is None or since > item.accepted_at


def _requeues(floor: DeskFloor, item: WorkItem, user: str) -> bool:
    """Whether the work of who goes offline goes on: as the queue says, else their team."""
    queue = None if item.queue is None else floor.queue(item.queue)
    if queue is not None and queue.terms.requeue_when_offline is not None:
        return queue.terms.requeue_when_offline
    agent = find_agent(floor.work, user)
    return floor.profiles.of("" if agent is None else agent.team).requeue_when_offline
