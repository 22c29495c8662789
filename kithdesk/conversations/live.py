"""Messages as sockets and events carry them: complete, so that nobody needs a second request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from kithdesk.core.actors import Actor, ActorType
from kithdesk.core.clock import Instant, iso

Channel = Literal["chat", "email"]
"""The medium that something was said in."""
Direction = Literal["in", "out"]
Kind = Literal["message", "note"]

CHAT: Channel = "chat"
"""The one that visitors see, and in which what is written here reaches somebody."""

SYSTEM_NAME = "Kithdesk"


class File(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """An attachment inside a message. `width` and `height` are in pixels, of images only."""

    id: str
    name: str
    content_type: str
    content_length: int
    width: int | None = None
    height: int | None = None
    has_thumbnail: bool = False

    def as_live(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "contentType": self.content_type,
            "contentLength": self.content_length,
            "width": self.width,
            "height": self.height,
            "hasThumbnail": self.has_thumbnail,
        }


class Address(msgspec.Struct, frozen=True, omit_defaults=True):
    """A mailbox, and whose it is called."""

    email: str
    name: str | None = None

    def as_live(self) -> dict[str, Any]:
        return {"email": self.email, "name": self.name}


class Email(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an e-mail has beside its text."""

    subject: str | None = None
    sender: Address | None = msgspec.field(default=None, name="from")
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """All that are in it, the sender's first."""
        return (*(() if self.sender is None else (self.sender,)), *self.to, *self.cc, *self.bcc)

    def as_live(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "from": None if self.sender is None else self.sender.as_live(),
            "to": [one.as_live() for one in self.to],
            "cc": [one.as_live() for one in self.cc],
            "bcc": [one.as_live() for one in self.bcc],
        }


def sender(type: ActorType, id: str | None, display_name: str) -> dict[str, Any]:
    """`{"type", "id", "displayName"}`."""
    return {"type": type, "id": id, "displayName": SYSTEM_NAME if type == "system" else display_name}


def sender_of(actor: Actor) -> dict[str, Any]:
    return sender(actor.type, actor.id, actor.display_name)


def live_message(
    *,
    id: str,
    conversation: str,
    customer: str,
    direction: Direction,
    kind: Kind,
    channel: Channel,
    body: str,
    client_id: str | None,
    sent_at: int,
    sent_by: dict[str, Any],
    attachments: Sequence[File],
    email: Email | None = None,
) -> dict[str, Any]:
    """The message object of the live protocol."""
    message: dict[str, Any] = {
        "id": id,
        "conversation": conversation,
        "customer": customer,
        "direction": direction,
        "kind": kind,
        "channel": channel,
        "body": body,
        "clientId": client_id,
        "sentAt": iso(Instant(sent_at)),
        "sentBy": sent_by,
        "attachments": [file.as_live() for file in attachments],
    }
    if email is not None:
        message["email"] = email.as_live()
    return message
