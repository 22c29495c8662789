"""What clients followed, and what they were told."""

from __future__ import annotations

import msgspec

from proofs.history.record import Record


class Asked(Record, tag="asked", frozen=True):
    """A client subscribes: after its cursor, or from now on."""

    client: str
    topic: str
    after: int | None


class Subscribed(Record, tag="subscribed", frozen=True):
    """The topic is complete up to `position`, the server says."""

    client: str
    topic: str
    position: int


class Left(Record, tag="left", frozen=True):
    """The client follows the topic no longer, by its own wish."""

    client: str
    topic: str


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """As much of an event as the rules compare. `digest` stands for all of it."""

    position: int
    kind: str
    digest: str
    message: str | None = None
    conversation: str | None = None
    assigned: tuple[str, ...] | None = None
    """Who has the conversation after this event, where the event says so."""
    reason: str | None = None
    """Why it was assigned so: a code."""
    status: str | None = None
    """The status of the conversation, or of `agent`, after this event, where the event says so."""
    customer: str | None = None
    source: str | None = None
    """Who was merged into `customer`, or is parted from it; or whose the conversation was until now."""
    merge: str | None = None
    """The merge that was made or undone."""
    external_id: str | None = None
    """Who the new customer is, by the company's own words."""
    queue: str | None = None
    agent: str | None = None
    """Whose status changed."""
    actor: str | None = None
    """Whose doing it was, where the event says so."""
    by: str | None = None
    """Which side has read: `customer` or `user`. Who merged: `agent` or `login`."""
    until: int | None = None
    """When the snooze ends, in milliseconds of the wall clock."""
    cause: str | None = None
    """Why the conversation changed: `timer` when a snooze ended by itself."""
    at: int | None = None
    """When a conversation changed, by the server's clock."""


class Heard(Record, tag="heard", frozen=True):
    client: str
    topic: str
    event: Event


class Ponged(Record, tag="ponged", frozen=True):
    """All of the client's `topics` are complete up to `position`, the server says."""

    client: str
    position: int
    topics: tuple[str, ...]


class Resynced(Record, tag="resynced", frozen=True):
    client: str
    topic: str
    position: int


class TopicRefused(Record, tag="topic_refused", frozen=True):
    client: str
    topic: str
    code: str
