"""The frames of the live protocol: JSON text, one object each, the same for visitors and agents.

Declared once: `docs/protocol.md` and `web/api-client/src/protocol.gen.ts` are generated from here and from
`client_frames`, which has what a client says. Frames and fields are only ever added.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

MAX_FRAME = 64 * 1024
"""Bytes of one frame from a client; a longer one closes the socket with 4413."""
HEARTBEAT = 25
"""Seconds between unasked `pong` frames."""
SILENCE = 50
"""Seconds without a frame from the client before the socket closes with 4408."""
HELLO_WITHIN = 5
"""Seconds in which `hello` must come."""
MAX_BEHIND = 5_000
"""Events of one topic that are replayed; further behind is `resync`."""
MAX_UNSENT = 1024 * 1024
"""Characters that wait for a slow reader before its topics are told to `resync`; twice as many close it."""

CLOSE_UNAUTHORIZED = 4401
CLOSE_FORBIDDEN = 4403
CLOSE_SILENT = 4408
CLOSE_TOO_LARGE = 4413
CLOSE_FLOOD = 4429
CLOSE_OUTCOME_UNKNOWN = 1011
CLOSE_RESTART = 1012

CLOSE_CODES = {
    CLOSE_UNAUTHORIZED: "no `hello`, a bad or late one, or the token has died",
    CLOSE_FORBIDDEN: "foreign origin or organisation",
    CLOSE_SILENT: f"no frame for {SILENCE} s",
    CLOSE_TOO_LARGE: "a frame over 64 KiB",
    CLOSE_FLOOD: "too many frames, or three that are not in the table",
    CLOSE_OUTCOME_UNKNOWN: "a commit's outcome is unknown: connect again and send the same ids",
    CLOSE_RESTART: "planned restart, after `goodbye`",
}


class Rejected(Exception):
    """The client is let go, with a close code."""

    def __init__(self, code: int) -> None:
        super().__init__(CLOSE_CODES[code])
        self.code = code


class ServerFrame(Struct, tag_field="op", kw_only=True, omit_defaults=False):
    """A frame from the server."""


class Welcome(ServerFrame, tag="welcome"):
    """The hello was good."""

    session: str
    heartbeat: int
    position: int


class Subscribed(ServerFrame, tag="subscribed"):
    """After the last replayed event: the topic is complete up to `position`."""

    topic: str
    position: int
    id: str | UnsetType = UNSET


class Attachment(Struct, kw_only=True):
    """A file of a message. Ask the attachment's resource for a signed link to its content."""

    id: str
    name: str
    contentType: str  # noqa: N815
    contentLength: int  # noqa: N815
    width: int | None
    height: int | None
    hasThumbnail: bool  # noqa: N815


class SentBy(Struct, kw_only=True):
    """Who said or did something."""

    type: Literal["customer", "user", "machine", "system"]
    id: str | None
    displayName: str  # noqa: N815


class Mailbox(Struct, kw_only=True):
    """An address in an e-mail, and whose it is called."""

    email: str
    name: str | None


class Mail(Struct, kw_only=True):
    """What an e-mail has beside its text."""

    subject: str | None
    sender: Mailbox | None = msgspec.field(name="from")
    to: list[Mailbox]
    cc: list[Mailbox]
    bcc: list[Mailbox]


class Message(Struct, kw_only=True):
    """A message or note. Times are ISO 8601 with milliseconds and Z. `email` is there for what came or went by e-mail,
    of which visitors hear nothing."""

    id: str
    conversation: str
    customer: str
    direction: Literal["in", "out"]
    kind: Literal["message", "note"]
    channel: Literal["chat", "email"]
    body: str
    clientId: str | None  # noqa: N815
    sentAt: str  # noqa: N815
    sentBy: SentBy  # noqa: N815
    attachments: list[Attachment]
    email: Mail | UnsetType = UNSET


class Ack(ServerFrame, tag="ack"):
    """It is committed. `message` comes with the ack of a `send` only; a repeated id gets the same answer."""

    id: str
    message: Message | UnsetType = UNSET
    conversation: str | UnsetType = UNSET
    position: int | UnsetType = UNSET


class Error(Struct, kw_only=True):
    """Why not. `code` is from the closed list in `docs/errors.md`; `retryAfter` is in seconds; `meta` is what a client
    can go on with, by code."""

    status: int
    code: str
    title: str
    detail: str | UnsetType = UNSET
    source: dict[str, str] | UnsetType = UNSET
    retryAfter: float | UnsetType = UNSET  # noqa: N815
    meta: dict[str, Any] | UnsetType = UNSET


class Refused(ServerFrame, tag="refused"):
    """It changed nothing. The client keeps the text and offers to try again.

    `of` is the op that was refused. With `topic`: the subscription was refused, or access to it has ended.
    """

    id: str | None
    error: Error
    of: str | UnsetType = UNSET
    topic: str | UnsetType = UNSET


class LiveEvent(Struct, kw_only=True):
    """One fact. `docs/events.md` lists the kinds and their `data`; ignore kinds you do not know.

    `actor`, who did it, is for agents only.
    """

    kind: str
    at: str
    data: dict[str, Any]
    actor: SentBy | UnsetType = UNSET


class EventFrame(ServerFrame, tag="event"):
    """A fact on one of your topics, complete: no second request is needed to show it."""

    topic: str
    position: int
    event: LiveEvent


class Signal(ServerFrame, tag="signal"):
    """Somebody types or looks. Never stored."""

    kind: Literal["typing", "viewing"]
    conversation: str
    by: SentBy
    on: bool


class Pong(ServerFrame, tag="pong"):
    """All your topics are complete up to `position`. Also unasked, every 25 s."""

    position: int
    id: str | UnsetType = UNSET


class Resync(ServerFrame, tag="resync"):
    """Too far behind: the topic is unsubscribed. Fetch over HTTP, then subscribe after that answer's position."""

    topic: str
    position: int


class Goodbye(ServerFrame, tag="goodbye"):
    """A planned restart. Come back after this many milliseconds; each client gets another number."""

    retryAfterMs: int  # noqa: N815


AnyServerFrame = Welcome | Subscribed | Ack | Refused | EventFrame | Signal | Pong | Resync | Goodbye

_encoder = msgspec.json.Encoder()


def encode(frame: ServerFrame) -> str:
    return _encoder.encode(frame).decode()


def encode_any(frame: dict[str, Any]) -> str:
    """A server frame whose parts are at hand as plain data."""
    return _encoder.encode(frame).decode()


def event_text(kind: str, at: str, data: dict[str, Any], actor: dict[str, Any] | None) -> str:
    """The part of an `event` frame that is the same on every topic. `actor` is None for visitors."""
    event = {"kind": kind, "at": at, "data": data}
    if actor is not None:
        event["actor"] = actor
    return _encoder.encode(event).decode()


def event_frame(topic: str, position: int, event: str) -> str:
    """An `event` frame around an encoded event. Topics are ours, so they need no escaping."""
    return f'{{"op":"event","topic":"{topic}","position":{position},"event":{event}}}'
