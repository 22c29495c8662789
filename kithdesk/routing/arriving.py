"""What comes in: for the first time, or back after it was snoozed, done, or given up.

arrives ─▶ which queue, and what of it ─▶ the best agent who may take it, or it waits
comes back ─▶ whoever had it, while they are available, have room and it was not long ago
             ─▶ held for them a while, if they are only full and their team wants that
             ─▶ as if it arrived
"""

from __future__ import annotations

from kithdesk.conversations.events import Reason
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.work import Work
from kithdesk.routing import reasons
from kithdesk.routing.choosing import Waiting, why_not
from kithdesk.routing.desk_floor import DeskFloor
from kithdesk.routing.entities import AgentRow, WorkItem
from kithdesk.routing.events import OverflowTerms, WorkJudged
from kithdesk.routing.ids import QueueId
from kithdesk.routing.judging import Judgement, judge
from kithdesk.routing.overflowing import due_at
from kithdesk.routing.postponed import ArriveLate, EndHold, Overflow
from kithdesk.routing.queries.agents import find_agents
from kithdesk.routing.queries.items import find_item, find_item_by_id, list_lines
from kithdesk.routing.queries.queues import find_queue
from kithdesk.routing.serving import place, serve
from kithdesk.routing.stating import default_queue, record
from kithdesk.routing.telling import tell


def arrive(work: Work, item: WorkItem, *, otherwise: Reason = reasons.WAITING) -> None:
    """Into the queue that the rules say, and to the best agent, or it waits there."""
    judgement = judge(work, item)
    if judgement is None:
        put_back(work, item, otherwise=otherwise)
    else:
        _enter(work, item, judgement, otherwise)


def arrive_late(work: Work, job: ArriveLate) -> None:
    """What a program recorded of the past, or opened again by it, where it is still open and as it was."""
    item = find_item(work, work.organisation, job.conversation)
    if item is None or item.status != "open" or item.is_ended:
        return
    if item.state == "idle":
        arrive(work, item)
    elif item.state in ("assigned", "queued") and item.changed_at == job.since:
        come_back(work, item)


def put_back(work: Work, item: WorkItem, *, otherwise: Reason, waits_on: bool = False) -> None:
    """To the best agent out of the queue it is in, or it waits there, in its old place.

    `waits_on`: it has waited all the while, and overflows when it would have.
    """
    floor = DeskFloor(work)
    waiting = waiting_in(floor, item, _queue_of(floor, item))
    _place(floor, waiting, otherwise, may_overflow=True, waits_on=waits_on)


def come_back(work: Work, item: WorkItem) -> None:
    """An opened-again conversation. Its rows count it as its agents' already, so room is judged with it."""
    if not item.users:
        arrive(work, item)
        return
    floor = DeskFloor(work)
    agents = find_agents(work, item.users)
    here = {user: agent for user, agent in agents.items() if _may_keep(floor, agent)}
    if _is_wished_elsewhere(floor, item):
        _begin_anew(floor, item, reasons.WISHED)
        return
    if not _is_recent(work, floor, item, agents):
        _begin_anew(floor, item, reasons.LONG_AGO)
        return
    fit = [user for user in item.users if user in here and here[user].load <= here[user].capacity]
    if fit == list(item.users):
        return
    if fit:
        record(work, item, users=fit, reason=reasons.AGENT_AWAY)
    elif not _hold(work, floor, item, here):
        _begin_anew(floor, item, reasons.AGENT_AWAY)
        return
    serve(floor, item.hands)


def _is_wished_elsewhere(floor: DeskFloor, item: WorkItem) -> bool:
    """Whether another agent, who may take it just now, was asked for by hand."""
    if item.wished is None or item.wished in item.users:
        return False
    agent, waiting = floor.agent(item.wished), waiting_in(floor, item, _queue_of(floor, item))
    is_open = floor.hours(waiting.traits.queue).is_open(floor.work.now)
    return is_open and agent is not None and why_not(agent, waiting.traits) is None


def _begin_anew(floor: DeskFloor, item: WorkItem, reason: Reason) -> None:
    """As if it arrived. Off its agents first, whose room is then judged without it."""
    record(floor.work, item, users=[], reason=reason, queue=QueueId(_queue_of(floor, item)))
    after = find_item(floor.work, floor.work.organisation, item.conversation)
    assert after is not None
    arrive(floor.work, after, otherwise=reason)
    serve(floor, item.hands)


def _queue_of(floor: DeskFloor, item: WorkItem) -> str:
    """The queue it is in, or the default one if that is gone."""
    if item.queue is not None and floor.queue(item.queue) is not None:
        return item.queue
    return default_queue(floor.work)


def waiting_in(floor: DeskFloor, item: WorkItem, queue: str) -> Waiting:
    """The item as it will wait in a queue: as it waits now, or as that queue has it."""
    if queue in (item.queue, item.judged_for):
        return item.waiting_in(queue)
    found = floor.queue(queue)
    if found is None:
        return item.waiting_in(queue)
    return item.waiting_in(queue, priority=found.priority, weight=found.weight)


def _enter(work: Work, item: WorkItem, judgement: Judgement, otherwise: Reason) -> None:
    work.publish(
        WorkJudged(
            conversation=item.conversation,
            queue=judgement.queue,
            priority=judgement.priority,
            weight=judgement.weight,
            rule=judgement.rule,
            skills=judgement.skills,
            preferred=judgement.preferred,
            preferred_as=None if judgement.preferred is None else "rule",
            language=judgement.language,
        )
    )
    put_into(work, item.conversation, judgement.queue, otherwise=otherwise)


def put_into(
    work: Work, conversation: str, queue: str, *, otherwise: Reason, may_overflow: bool = True
) -> None:
    """To the best agent out of another queue, or it waits there."""
    item = find_item(work, work.organisation, conversation)
    assert item is not None
    floor = DeskFloor(work)
    _place(floor, waiting_in(floor, item, queue), otherwise, may_overflow=may_overflow)


def overflow(work: Work, job: Overflow) -> None:
    """It has waited as long as its queue lets it, unless it went on meanwhile."""
    item = find_item_by_id(work, job.item)
    queue = find_queue(work, job.queue)
    if item is None or item.queue != job.queue or item.queued_at != job.since:
        return
    due = None if queue is None else due_at(Instant(job.since), queue.overflow)
    if queue is None or queue.overflow is None or due is None:
        return
    if due > work.now:  # longer, since the timer was set
        work.enqueue(job, at=due, unique=Overflow.key(item.id), on_conflict="replace")
    elif item.state == "queued":
        _overflow(work, item, queue.overflow)
    elif item.state == "offered" and item.offered_until is not None:  # it may wait again after that
        at = Instant(max(item.offered_until, work.now) + SECOND)
        work.enqueue(job, at=at, unique=Overflow.key(item.id), on_conflict="replace")


def _place(
    floor: DeskFloor, waiting: Waiting, otherwise: Reason, *, may_overflow: bool, waits_on: bool = False
) -> None:
    """And on into another queue where too much waits already, or later, when it has waited too long.

    What came by such a way stays where it came: two queues might send it to and fro for ever.
    """
    place(floor, waiting, otherwise=otherwise)
    queue = floor.queue(waiting.traits.queue)
    if not may_overflow or queue is None or queue.overflow is None:
        return
    work, terms = floor.work, queue.overflow
    item = find_item(work, work.organisation, waiting.conversation)
    if item is None or item.queued_at is None:
        return
    if terms.over_waiting is not None and item.state == "queued":
        waiting_there = sum(count for _, _, count in list_lines(work, [queue.id]))
        if waiting_there > terms.over_waiting:
            _overflow(work, item, terms)
            if terms.to_queue is not None:
                return
    if terms.after_seconds is not None:
        job = Overflow(item=item.id, queue=queue.id, since=item.queued_at)
        at = Instant(work.now + terms.after_seconds * SECOND)
        work.enqueue(job, at=at, unique=Overflow.key(item.id), on_conflict="keep" if waits_on else "replace")


def _overflow(work: Work, item: WorkItem, terms: OverflowTerms) -> None:
    """Its customer is told, and it goes on to where that leads; without another queue it waits on."""
    tell(work, item, terms)
    if terms.to_queue is not None and find_queue(work, terms.to_queue) is not None:
        put_into(work, item.conversation, terms.to_queue, otherwise=reasons.OVERFLOWED, may_overflow=False)


def _may_keep(floor: DeskFloor, agent: AgentRow) -> bool:
    """Whether work that comes back may stay with them, as far as their status goes."""
    return agent.status == "available" or not floor.profiles.of(agent.team).unassign_when_reopened_away


def _is_recent(work: Work, floor: DeskFloor, item: WorkItem, agents: dict[str, AgentRow]) -> bool:
    """Whether it was theirs so lately that they go first."""
    since = work.now - item.left_at
    return any(
        since <= floor.profiles.of(agent.team).last_agent_first_seconds * SECOND for agent in agents.values()
    )


def _hold(work: Work, floor: DeskFloor, item: WorkItem, here: dict[str, AgentRow]) -> bool:
    """Lets it wait for the agent who had it last, if that one is only full. Answers whether it does."""
    agent = here.get(item.users[0])
    if agent is None or agent.status != "available" or len(item.users) > 1:
        return False
    seconds = floor.profiles.of(agent.team).last_agent_hold_seconds
    if seconds == 0:
        return False
    until = Instant(work.now + seconds * SECOND)
    queue = QueueId(_queue_of(floor, item))
    work.publish(
        WorkJudged(
            conversation=item.conversation,
            queue=queue,
            priority=item.priority,
            weight=item.weight,
            rule=item.rule,
            skills=item.skills,
            preferred=agent.user,
            preferred_as="last_agent",
            language=item.language,
            reserved_for=agent.user,
            held_until=until,
        )
    )
    record(work, item, users=[], reason=reasons.HELD, queue=queue)
    floor.wait_for_opening(queue)
    work.enqueue(EndHold(item=item.id), at=until, unique=EndHold.key(item.id), on_conflict="replace")
    return True
