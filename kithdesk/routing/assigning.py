"""Who gets it: arrivals, and whatever waits when somebody has room again.

Whoever arrives while an agent has room is theirs in the same transaction. Whoever waits is given out oldest first, the
moment capacity appears, in chunks that a job continues. Nobody is ever given more than their capacity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.conversations.events import Reason
from kithdesk.core.actors import Actor, system
from kithdesk.core.work import Work
from kithdesk.routing import reasons
from kithdesk.routing.choosing import Choice, choose, match
from kithdesk.routing.ids import QueueId
from kithdesk.routing.postponed import GiveBack, ServeQueue
from kithdesk.routing.queries import (
    Item,
    best_agents,
    find_agents,
    find_default_queue,
    find_item,
    list_live,
    oldest_waiting,
)
from kithdesk.routing.queues import create_default_queue

CHUNK = 20
"""How many conversations one command gives out: about 5 ms."""


def arrive(work: Work, item: Item) -> None:
    """Gives the conversation to the best agent with room, or lets it wait. What waits already goes first."""
    candidates = best_agents(work, 2)
    if candidates and not oldest_waiting(work, 1):
        choice = choose(candidates)
        assert choice is not None
        give(work, item, choice)
        return
    queue_up(work, item, reasons.WAITING)
    if candidates:
        serve(work)


def serve(work: Work) -> None:
    """Gives waiting conversations to agents with room, the longest waiting first, until one of the two runs out."""
    candidates = best_agents(work, CHUNK + 1)
    if not candidates:
        return
    only = candidates[0].user if len(candidates) == 1 else None
    items = oldest_waiting(work, CHUNK, only=only)
    matches = match(items, candidates, now=work.now)
    for found in matches:
        item = find_item(work, work.organisation, found.item.conversation)
        assert item is not None
        give(work, item, found.choice)
    if matches and len(items) == CHUNK:
        work.enqueue(ServeQueue(), unique=ServeQueue.kind)


def give(work: Work, item: Item, choice: Choice) -> None:
    """To the chosen agent."""
    record(work, item, users=[choice.agent.user], reason=reasons.of_choice(choice))


def queue_up(work: Work, item: Item, reason: Reason, *, queue: QueueId | None = None) -> None:
    """Into `queue`, else the one it was in, else the default one. Nobody has it then."""
    target = queue or item.queue or default_queue(work)
    if item.state != "queued" or item.queue != target:
        record(work, item, users=[], reason=reason, queue=target)


def come_back(work: Work, item: Item) -> None:
    """An opened-again conversation: stays with those of its agents who are available and have room, else waits.

    Its rows count it as theirs already, so room is judged with it.
    """
    agents = find_agents(work, item.users)
    fit = [user for user in item.users if (agent := agents.get(user)) and agent.status == "available"]
    fit = [user for user in fit if agents[user].load <= agents[user].capacity]
    if fit == list(item.users) and fit:
        return
    if fit:
        record(work, item, users=fit, reason=reasons.AGENT_AWAY)
    elif item.users:
        queue_up(work, item, reasons.AGENT_AWAY)
        serve(work)
    else:
        arrive(work, item)


def give_back(work: Work, user: str) -> None:
    """Everything open that an agent has goes to their colleagues in it, or to the queue and whoever has room."""
    live = list_live(work, user, CHUNK + 1)
    for conversation in live[:CHUNK]:
        item = find_item(work, work.organisation, conversation)
        assert item is not None
        others = [other for other in item.users if other != user]
        if others:
            record(work, item, users=others, reason=reasons.AGENT_OFFLINE)
        else:
            queue_up(work, item, reasons.AGENT_OFFLINE)
    if len(live) > CHUNK:
        work.enqueue(GiveBack(user=user), unique=f"{GiveBack.kind}:{user}")
    if live:
        serve(work)


def record(
    work: Work,
    item: Item,
    *,
    users: Sequence[str],
    reason: Reason,
    teams: Sequence[str] | None = None,
    queue: QueueId | None = None,
    by: Actor | None = None,
) -> None:
    """States the assignment, as the program's doing unless it is somebody's. Queue and teams stay unless given.

    A visitor who ends their chat may set another's in motion, which they cannot even see: it is the program that acts.
    """
    target = queue or item.queue or default_queue(work)
    with _acting(work, by or system(work.organisation)):
        conversations.record_assignment(
            work,
            ConversationId(item.conversation),
            queue=target,
            users=list(users),
            teams=list(item.teams if teams is None else teams),
            reason=reason,
        )


@contextmanager
def _acting(work: Work, actor: Actor) -> Iterator[None]:
    before = work.actor
    work.actor = actor
    try:
        yield
    finally:
        work.actor = before


def default_queue(work: Work) -> QueueId:
    """The organisation's default queue, made now where an organisation is older than queues."""
    return find_default_queue(work) or create_default_queue(work)
