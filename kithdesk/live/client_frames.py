"""What a client says: the frames that the server takes, and the limits of each field."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Topic = Annotated[str, Meta(min_length=1, max_length=64)]
Status = Literal["available", "busy", "unavailable"]


class ClientFrame(Struct, tag_field="op", kw_only=True, omit_defaults=True):
    """A frame from a client."""


class Op(ClientFrame, kw_only=True):
    """A frame that may carry an `id`, which its answer then echoes."""

    id: Id | None = None


class Hello(Op, tag="hello", kw_only=True):
    """First frame, within 5 s. The token is never in a URL. Agents' browsers may use the session cookie instead."""

    token: Annotated[str, Meta(max_length=4096)] | None = None
    client: Annotated[str, Meta(max_length=100)] | None = None


class Subscribe(Op, tag="subscribe", kw_only=True):
    """Replays the topic's events after `after`, then follows it. Without `after`: from now; 0: from the beginning.

    Topics: `conversation:ID`, `customer:ID`, `visitor`, `inbox`, `queue:ID`. Subscribing again replaces.
    """

    topic: Topic
    after: int | None = None


class Unsubscribe(Op, tag="unsubscribe", kw_only=True):
    topic: Topic


class Page(Struct, kw_only=True):
    """A page of the shop the visitor looked at. Query and fragment are dropped."""

    url: Annotated[str, Meta(max_length=2048)]
    title: Annotated[str, Meta(max_length=255)] = ""
    at: Annotated[str, Meta(max_length=40)] | None = None


class Screen(Struct, kw_only=True):
    width: Annotated[int, Meta(ge=0, le=100_000)]
    height: Annotated[int, Meta(ge=0, le=100_000)]


class VisitContext(Struct, kw_only=True):
    """What the page knows of the visit when a conversation is opened. A claim, like everything a page says."""

    pages: Annotated[list[Page], Meta(max_length=50)] = []
    referrer: Annotated[str, Meta(max_length=2048)] | None = None
    language: Annotated[str, Meta(max_length=35)] | None = None
    languages: Annotated[list[Annotated[str, Meta(max_length=35)]], Meta(max_length=10)] = []
    timeZone: Annotated[str, Meta(max_length=64)] | None = None  # noqa: N815 - wire name
    screen: Screen | None = None
    clientHints: dict[str, Any] = {}  # noqa: N815 - wire name


class Send(ClientFrame, tag="send", kw_only=True):
    """Says something. `id` makes a retry harmless: same id, same answer.

    `conversation` null with `newConversation` (visitors only) opens a conversation with its first message, or adds to
    the one that this id already opened.
    """

    id: Id
    body: str = ""
    conversation: Annotated[str, Meta(max_length=64)] | None = None
    newConversation: Id | None = None  # noqa: N815 - wire name
    attachments: Annotated[list[Annotated[str, Meta(max_length=64)]], Meta(max_length=20)] = []
    kind: Literal["message", "note"] = "message"
    context: VisitContext | None = None


class Typing(Op, tag="typing", kw_only=True):
    """Ephemeral; goes to the other readers of the conversation."""

    conversation: str
    on: bool


class Viewing(Op, tag="viewing", kw_only=True):
    """Agents: the conversation I look at now, or null for none. Ephemeral; told to agents only."""

    conversation: str | None = None


class Read(Op, tag="read", kw_only=True):
    """Everything up to `message` has been seen by this side."""

    conversation: str
    message: str


class End(Op, tag="end", kw_only=True):
    """Ends the conversation; a later `send` to it is refused with `conversation_ended`.

    What is open and answered is done with that.
    """

    conversation: str


class Visit(Op, tag="visit", kw_only=True):
    """Visitors: a page was opened. Only once a conversation exists. `referrer`: where a link led to it from outside."""

    url: Annotated[str, Meta(max_length=2048)]
    title: Annotated[str, Meta(max_length=255)] = ""
    at: Annotated[str, Meta(max_length=40)] | None = None
    referrer: Annotated[str, Meta(max_length=2048)] | None = None


class Presence(Op, tag="presence", kw_only=True):
    """Agents: my status. `reason` goes with `unavailable`."""

    status: Status
    reason: Annotated[str, Meta(max_length=255)] | None = None


class Ping(Op, tag="ping", kw_only=True):
    """A sign of life; answered by `pong`."""


AnyClientFrame = (
    Hello | Subscribe | Unsubscribe | Send | Typing | Viewing | Read | End | Visit | Presence | Ping
)


def op_of(frame: type[Struct] | Struct) -> str:
    """The name of a frame in the table."""
    return str(frame.__struct_config__.tag)
