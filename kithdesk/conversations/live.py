"""Messages as sockets and events carry them: complete, so that nobody needs a second request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from kithdesk.core.actors import Actor, ActorType
from kithdesk.core.clock import Instant, iso

Direction = Literal["in", "out"]
Kind = Literal["message", "note"]

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
    channel: str,
    body: str,
    client_id: str | None,
    sent_at: int,
    sent_by: dict[str, Any],
    attachments: Sequence[File],
) -> dict[str, Any]:
    """The message object of the live protocol."""
    return {
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
