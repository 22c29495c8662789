"""Stating who has what, as the program's doing unless it is somebody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.conversations.events import Reason
from kithdesk.core.actors import Actor, system
from kithdesk.core.work import Work
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.ids import QueueId
from kithdesk.routing.queries.queues import find_default_queue
from kithdesk.routing.queues import create_default_queue


def record(
    work: Work,
    item: WorkItem,
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
    with acting(work, by or system(work.organisation)):
        conversations.record_assignment(
            work,
            ConversationId(item.conversation),
            queue=target,
            users=list(users),
            teams=list(item.teams if teams is None else teams),
            reason=reason,
        )


@contextmanager
def acting(work: Work, actor: Actor) -> Iterator[None]:
    before = work.actor
    work.actor = actor
    try:
        yield
    finally:
        work.actor = before


def default_queue(work: Work) -> QueueId:
    """The organisation's default queue, made now where an organisation is older than queues."""
    return find_default_queue(work) or create_default_queue(work)
