"""Topics: what they are called, who may follow them, and which journal rows they replay."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kithdesk import customers
from kithdesk.conversations import find_customer_of
from kithdesk.core import journal
from kithdesk.core.actors import Actor
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId, is_id
from kithdesk.core.work import Reads
from kithdesk.customers.events import CustomerMerged
from kithdesk.routing import find_queue
from kithdesk.timeline import read_events

T = TypeVar("T")
Key = tuple[OrganisationId, str]
"""Where the followers of a topic are filed: under its organisation and name, a customer's browsers as `visitor:ID`."""
ReadAfter = Callable[[Reads, int, int, int], list[Recorded[Event]]]
"""Reads a topic's events, ascending: `read(reads, after, limit, skip)`."""


def source_of(reads: Reads, topic: str) -> ReadAfter:
    """Where a topic's past comes from. Raises `BadParameter`, and `NotFound` when the actor may not follow it."""
    name, _, subject = topic.partition(":")
    if subject == "" and name == topic:
        if name == "inbox" and reads.actor.is_agent:
            return _read_inbox
        if name == "visitor" and reads.actor.is_visitor:
            return _read_visitor
        if name in ("inbox", "visitor"):
            raise NotFound
    elif name in ("conversation", "customer", "queue"):
        if not is_id(subject) or not _may_follow(reads, name, subject):
            raise NotFound
        return _reader_of(name, subject)
    raise BadParameter("There is no such topic.", parameter="topic")


def _may_follow(reads: Reads, name: str, subject: str) -> bool:
    if name == "conversation":
        return find_customer_of(reads, subject) is not None
    if not reads.actor.is_agent:
        return False
    if name == "customer":
        found = customers.find_customer(reads, customers.CustomerId(subject))
        return found is not None and found.id == subject  # one that was merged away has no topic any more
    return find_queue(reads, subject) is not None


def _reader_of(name: str, subject: str) -> ReadAfter:
    def read(reads: Reads, after: int, limit: int, skip: int) -> list[Recorded[Event]]:
        if name == "conversation":
            return journal.read_conversation(
                reads, reads.organisation, subject, after=after, limit=limit, skip=skip
            )
        if name == "queue":
            return journal.read_queue(reads, reads.organisation, subject, after=after, limit=limit, skip=skip)
        return read_events(reads, customers.CustomerId(subject), after=after, limit=limit, skip=skip)

    return read


def _read_inbox(reads: Reads, after: int, limit: int, skip: int) -> list[Recorded[Event]]:
    return journal.read_all(reads, reads.organisation, after=after, limit=limit, skip=skip)


def _read_visitor(reads: Reads, after: int, limit: int, skip: int) -> list[Recorded[Event]]:
    if reads.actor.id is None:
        return []
    return read_events(reads, customers.CustomerId(reads.actor.id), after=after, limit=limit, skip=skip)


def topics_of(recorded: Recorded[Event]) -> tuple[str, ...]:
    """The topics that agents may follow an event on."""
    topics = ["inbox"]
    if recorded.conversation is not None:
        topics.append(f"conversation:{recorded.conversation}")
    if recorded.customer is not None:
        topics.append(f"customer:{recorded.customer}")
    if recorded.queue is not None:
        topics.append(f"queue:{recorded.queue}")
    if isinstance(recorded.event, CustomerMerged):
        topics.append(f"customer:{recorded.event.source}")  # its last one
    return tuple(topics)


def filed(actor: Actor, topic: str) -> Key | None:
    """Where who follows a topic is filed. A visitor without a customer yet follows nothing that could happen."""
    if topic != "visitor":
        return actor.organisation, topic
    return None if actor.id is None else (actor.organisation, f"visitor:{actor.id}")


def take_out(index: dict[Key, set[T]], key: Key, follower: T) -> None:
    """Where nobody is left nothing is kept."""
    followers = index.get(key)
    if followers is not None:
        followers.discard(follower)
        if not followers:
            del index[key]
