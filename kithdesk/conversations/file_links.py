"""Links to files: signed for one file and one credential of its reader, good for a quarter of an hour.

A picture in a page sends no token along, so the link itself is the permission. It names the credential that asked for
it, never the token: when it is used, whoever opens the door asks again who holds that credential by now, and whether
they may still see the file. A link from before a sign-out is dead. Agents and visitors have a door each, for only the
slice that gave a credential out can judge it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
from fastapi import Response

from kithdesk.conversations.attaching import Attachment, find_attachments
from kithdesk.conversations.ids import AttachmentId
from kithdesk.conversations.message_queries import find_messages
from kithdesk.conversations.message_rendering import draw_attachment
from kithdesk.conversations.queries import find_conversation
from kithdesk.conversations.taking_up import departure_from
from kithdesk.conversations.uploading import ORIGINAL, PREVIEW, THUMBNAIL, key_of
from kithdesk.core.actors import Actor
from kithdesk.core.clock import MINUTE, Instant
from kithdesk.core.desk import Desk
from kithdesk.core.documents import document
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Reads

LINK_LIFE = 15 * MINUTE
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


AGENTS_DOOR = "/files"


class FileLink(msgspec.Struct, frozen=True):
    """What a link says. Nothing of it is believed of the reader."""

    organisation: OrganisationId
    attachment: AttachmentId
    part: str
    credential: str
    author: str


class Links(msgspec.Struct, frozen=True):
    """Paths to the file itself, which browsers save, and to its previews, which they show."""

    original: str
    thumbnail: str | None
    preview: str | None


def links_of(
    desk: Desk, reader: Actor, attachment: Attachment, *, credential: str, door: str = AGENTS_DOOR
) -> Links:
    """For a reader who may see it; `get_attachment` has asked. `credential` is the id of what they came with."""

    def link(part: str) -> str:
        named = FileLink(
            reader.organisation, attachment.id, part, credential, reader.author or reader.id or ""
        )
        expires_at = Instant(desk.clock.now() + LINK_LIFE)
        token = desk.sealer.sign(_purpose(door), msgspec.structs.asdict(named), expires_at=expires_at)
        return f"{door}/{token}"

    shown = attachment.has_thumbnail
    return Links(link(ORIGINAL), link(THUMBNAIL) if shown else None, link(PREVIEW) if shown else None)


def draw_linked(desk: Desk, reader: Actor, attachment: Attachment, *, credential: str) -> dict[str, Any]:
    """The attachment's document: `data.links.related` is the file, `meta` has the previews or null."""
    data = draw_attachment(attachment)
    if attachment.blob is None:
        return document(data, meta={"thumbnail": None, "preview": None})
    links = links_of(desk, reader, attachment, credential=credential)
    data["links"]["related"] = links.original
    return document(data, meta={"thumbnail": links.thumbnail, "preview": links.preview})


def get_attachment(reads: Reads, id: AttachmentId) -> Attachment:
    """The attachment, if who asks sent it or may see its message. Raises `NotFound`."""
    found = find_attachments(reads, [id])
    if not found or found[0].status == "dropped":
        raise NotFound
    attachment = found[0]
    if attachment.message is None:
        if attachment.author != (reads.actor.author or reads.actor.id):
            raise NotFound
    elif not _may_read(reads, attachment.message, attachment.conversation or ""):
        raise NotFound
    return attachment


def _may_read(reads: Reads, message: str, conversation: str) -> bool:
    found, around = find_messages(reads, [message]), find_conversation(reads, conversation)
    if not found or around is None:
        return False
    departure = departure_from(reads, around.id, around.taken_up_at)
    return departure is None or found[0].number < departure.number


def read_link(desk: Desk, door: str, token: str) -> FileLink:
    """Raises `NotFound` for a link that is forged, too old, or another door's."""
    try:
        return FileLink(**desk.sealer.verify(_purpose(door), token))
    except ValueError:
        raise NotFound from None


async def serve_file(desk: Desk, reader: Actor, link: FileLink) -> Response:
    """The file behind a link, for who holds its credential now. Raises `NotFound` for one who may not see it."""
    attachment = (await desk.read(get_attachment, link.attachment, by=reader)).value
    if attachment.blob is None:
        raise NotFound
    try:
        content = await desk.files.get(key_of(reader.organisation, attachment.blob, link.part))
    except FileNotFoundError:
        raise NotFound from None
    return _response(content, attachment, link.part)


def _purpose(door: str) -> str:
    return f"file {door}"


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
