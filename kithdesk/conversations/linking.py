"""Links to files: signed for one file and one reader, good for a quarter of an hour.

Whether the reader may still see the file is asked again when the link is used.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
from fastapi import Response

from kithdesk.access import find_users
from kithdesk.conversations.attaching import Attachment, find_attachments
from kithdesk.conversations.ids import AttachmentId
from kithdesk.conversations.message_rendering import draw_attachment
from kithdesk.conversations.queries import find_conversation, find_messages
from kithdesk.conversations.uploading import ORIGINAL, PREVIEW, THUMBNAIL, key_of, reader_of
from kithdesk.core.actors import Actor
from kithdesk.core.clock import MINUTE, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Reads

PURPOSE = "file"
LINK_LIFE = 15 * MINUTE
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


class Links(msgspec.Struct, frozen=True):
    """Paths to the file itself, which browsers save, and to its previews, which they show."""

    original: str
    thumbnail: str | None
    preview: str | None


def links_of(desk: Desk, reader: Actor, attachment: Attachment) -> Links:
    """For a reader who may see it; `get_attachment` has asked."""

    def link(part: str) -> str:
        payload = {"o": reader.organisation, "a": attachment.id, "p": part, "r": reader_of(reader)}
        return (
            f"/files/{desk.sealer.sign(PURPOSE, payload, expires_at=Instant(desk.clock.now() + LINK_LIFE))}"
        )

    shown = attachment.has_thumbnail
    return Links(link(ORIGINAL), link(THUMBNAIL) if shown else None, link(PREVIEW) if shown else None)


def draw_linked(desk: Desk, reader: Actor, attachment: Attachment) -> dict[str, Any]:
    """The attachment's document: `data.links.related` is the file, `meta` has the previews or null."""
    data = draw_attachment(attachment)
    if attachment.blob is None:
        return {"data": data, "meta": {"thumbnail": None, "preview": None}}
    links = links_of(desk, reader, attachment)
    data["links"]["related"] = links.original
    return {"data": data, "meta": {"thumbnail": links.thumbnail, "preview": links.preview}}


def get_attachment(reads: Reads, id: AttachmentId) -> Attachment:
    """The attachment, if who asks sent it or may see its message. Raises `NotFound`."""
    found = find_attachments(reads, [id])
    if not found or found[0].status == "dropped":
        raise NotFound
    attachment = found[0]
    if attachment.message is None:
        if attachment.author != (reads.actor.author or reads.actor.id):
            raise NotFound
    elif (
        not find_messages(reads, [attachment.message])
        or find_conversation(reads, attachment.conversation or "") is None
    ):
        raise NotFound
    return attachment


async def serve_file(desk: Desk, token: str) -> Response:
    """The file behind a link. Raises `NotFound` for a link that is forged, too old, or not for its reader any more."""
    try:
        named = desk.sealer.verify(PURPOSE, token)
    except ValueError:
        raise NotFound from None
    reader = Actor(
        organisation=OrganisationId(named["o"]),
        type=named["r"]["t"],
        id=named["r"]["i"],
        author=named["r"]["u"],
    )
    attachment = (await desk.read(_readable, named["a"], by=reader)).value
    if attachment.blob is None:
        raise NotFound
    try:
        content = await desk.files.get(key_of(reader.organisation, attachment.blob, named["p"]))
    except FileNotFoundError:
        raise NotFound from None
    return _response(content, attachment, named["p"])


def _readable(reads: Reads, id: AttachmentId) -> Attachment:
    if reads.actor.is_agent:
        users = find_users(reads, [reads.actor.id or ""])
        if not users or not users[0].is_active:
            raise NotFound
    return get_attachment(reads, id)


def _response(content: bytes, attachment: Attachment, part: str) -> Response:
    if part != ORIGINAL:
        return Response(
            content, headers={**_HEADERS, "Content-Disposition": "inline"}, media_type="image/webp"
        )
    headers: dict[str, Any] = {
        **_HEADERS,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}",
    }
    return Response(content, headers=headers, media_type=attachment.content_type)
