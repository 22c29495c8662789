"""What clients did and heard, and what the public API said at the end: all that the rules may look at.

A history is a list of records in the order they happened, one JSON object a line in `histories/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec


class Record(msgspec.Struct, tag_field="what", frozen=True, omit_defaults=True):
    """One line of a history."""


class Began(Record, tag="began", frozen=True):
    seed: int
    capacity: int
    """Open conversations an agent may have at once."""
    note: str = ""
    agents: tuple[str, ...] = ()
    """User ids, in the order of the clients `agent0`, `agent1`, …"""


class Moment(Record, tag="moment", frozen=True):
    """The wall clock, in milliseconds, noted ten times a second."""

    at: int


class Sent(Record, tag="sent", frozen=True):
    """A send left a client, or left it again after a reconnect: then `again`."""

    client: str
    id: str
    body: str
    kind: str = "message"
    conversation: str | None = None
    new_conversation: str | None = None
    again: bool = False


class Acked(Record, tag="acked", frozen=True):
    client: str
    id: str
    message: str
    conversation: str
    position: int | None
    body: str


class Refused(Record, tag="refused", frozen=True):
    """A send was refused. With `is_final` the client gave it up, else it tries again with the same id."""

    client: str
    id: str
    code: str
    is_final: bool


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
    """Who was merged into `customer`."""
    queue: str | None = None
    agent: str | None = None
    """Whose status changed."""
    actor: str | None = None
    """Whose doing it was, where the event says so."""
    by: str | None = None
    """Which side has read: `customer` or `user`."""
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


class Changing(Record, tag="changing", frozen=True):
    """A client asks over HTTP for a change of a conversation, or asks again with the same key: then `again`."""

    client: str
    key: str
    deed: str
    """`assign`, `queue`, `snooze`, `done`, `open` or `end`."""
    conversation: str
    value: tuple[str, ...] = ()
    """The agents, the queue, or until when."""
    again: bool = False


class Changed(Record, tag="changed", frozen=True):
    """The change was made; the answer covers `position`."""

    client: str
    key: str
    position: int


class ChangeRefused(Record, tag="change_refused", frozen=True):
    client: str
    key: str
    code: str


class Looking(Record, tag="looking", frozen=True):
    """A client asks over HTTP how a conversation stands."""

    client: str
    key: str
    conversation: str


class Saw(Record, tag="saw", frozen=True):
    """How it stands, the answer says, as of `position`."""

    client: str
    key: str
    assigned: tuple[str, ...]
    status: str
    position: int


class Marked(Record, tag="marked", frozen=True):
    """The client's word that everything up to `message` is read was acknowledged."""

    client: str
    conversation: str
    message: str


class LoggedIn(Record, tag="logged_in", frozen=True):
    """From here on the visitor is this customer."""

    client: str
    customer: str
    position: int


class LoginRefused(Record, tag="login_refused", frozen=True):
    """The visitor tries again. `code` is empty where no answer came."""

    client: str
    code: str


class GaveUp(Record, tag="gave_up", frozen=True):
    """A login's answer was lost with the old token. What had no answer yet cannot be repeated by the same author."""

    client: str
    ids: tuple[str, ...]


class Connected(Record, tag="connected", frozen=True):
    client: str


class Disconnected(Record, tag="disconnected", frozen=True):
    client: str
    code: int


class WentHome(Record, tag="went_home", frozen=True):
    """An agent closed the console, and does not come back."""

    client: str


class Fault(Record, tag="fault", frozen=True):
    kind: str
    detail: str = ""


class Restarted(Record, tag="restarted", frozen=True):
    seconds: float


class Outlived(Record, tag="outlived", frozen=True):
    """Processes of a dead server that were still there seconds later."""

    processes: tuple[str, ...]


class Stopped(Record, tag="stopped", frozen=True):
    """The server was asked to stop and did, with this exit code."""

    code: int
    seconds: float


class Settled(Record, tag="settled", frozen=True):
    """No more faults: clients had the time to get everything acknowledged. `open` lists what was not."""

    open: tuple[str, ...]
    at: int = 0
    """Milliseconds of the wall clock."""


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


AnyRecord = (
    Began
    | Moment
    | Sent
    | Acked
    | Refused
    | Asked
    | Subscribed
    | Heard
    | Ponged
    | Resynced
    | TopicRefused
    | Left
    | Changing
    | Changed
    | ChangeRefused
    | Looking
    | Saw
    | Marked
    | LoggedIn
    | LoginRefused
    | GaveUp
    | Connected
    | Disconnected
    | WentHome
    | Fault
    | Restarted
    | Outlived
    | Stopped
    | Settled
    | Replayed
    | Unread
    | Listed
    | Timeline
    | Load
    | Present
    | Verified
)


class History:
    """The notes of one run, appended to while it lasts."""

    def __init__(self, records: Iterable[AnyRecord] = ()) -> None:
        self.records: list[AnyRecord] = []
        self.acked = self.changed = 0
        """How many answers to sends and to changes there were, repeats counted again."""
        for record in records:
            self.note(record)

    def __iter__(self) -> Iterator[AnyRecord]:
        return iter(self.records)

    def note(self, record: AnyRecord) -> None:
        self.records.append(record)
        self.acked += isinstance(record, Acked)
        self.changed += isinstance(record, Changed)

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        encode = msgspec.json.Encoder().encode
        with path.open("wb") as file:
            file.writelines(encode(record) + b"\n" for record in self.records)

    @classmethod
    def load(cls, path: Path) -> History:
        decode = msgspec.json.Decoder(AnyRecord).decode
        return cls(decode(line) for line in path.read_bytes().splitlines())
