"""What the public API, and the program itself, said at the end."""

from __future__ import annotations

import msgspec

from proofs.history.hearing import Event
from proofs.history.record import Record


class Replayed(Record, tag="replayed", frozen=True):
    """A topic read after `after`, over a new socket, once everything was quiet."""

    topic: str
    audience: str
    """"agent", or the name of the client whose `visitor` topic this is."""
    after: int
    position: int
    events: tuple[Event, ...]


class Unread(Record, tag="unread", frozen=True):
    """A topic that could not be read again at the end, though something belongs to it."""

    topic: str
    audience: str
    code: str


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    client_id: str | None
    body: str
    kind: str
    direction: str = "in"


class Listed(Record, tag="listed", frozen=True):
    """All messages and notes of a conversation, as the HTTP API lists them."""

    conversation: str
    customer: str
    messages: tuple[Message, ...]


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    position: int
    kind: str
    message: str | None = None


class Timeline(Record, tag="timeline", frozen=True):
    """A customer's whole timeline, read by pages in one direction."""

    customer: str
    direction: str
    entries: tuple[Entry, ...]


class Standing(Record, tag="standing", frozen=True):
    """Asked for this customer, who has conversations, the API answers with that one."""

    customer: str
    answer: str


class Unfinished(Record, tag="unfinished", frozen=True):
    """Jobs that were still due or running, however long the servers had been given to finish them."""

    jobs: tuple[str, ...]


class Load(Record, tag="load", frozen=True):
    """How many open conversations the API lists for an agent (by id) at the end, as of `position`."""

    agent: str
    conversations: int
    position: int


class Present(Record, tag="present", frozen=True):
    """What the API says of an agent (by id) at the end, when `at` is the wall clock in milliseconds."""

    agent: str
    status: str
    at: int


class Verified(Record, tag="verified", frozen=True):
    """What `kithdesk replay` said."""

    exit_code: int
    output: str = ""
