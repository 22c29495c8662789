"""The file arrives: multipart, its fields first and the file last, as Kustomer's clients send it.

The slot's address is its own permission: a signed name for one attachment of one author, good for an hour. The file is
looked into away from the loop and flushed to the store before the row says it is there. Before its first byte goes
there, a job knows its name: what is broken off in between, by whatever, is gone from the store after an hour.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator
from typing import Any

import msgspec
from fastapi import Request
from sqlalchemy import bindparam, delete, select, update
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from kithdesk.conversations.attaching import KEPT_UNSENT, MAX_FILE, Attachment, find_attachments
from kithdesk.conversations.errors import AttachmentTooLarge
from kithdesk.conversations.ids import AttachmentId
from kithdesk.conversations.message_rendering import draw_attachment
from kithdesk.conversations.picturing import Looked, look_into
from kithdesk.conversations.tables import attachments, drafts
from kithdesk.conversations.timers import DropBlob, DropUpload, drop_blob_key
from kithdesk.core.actors import system
from kithdesk.core.clock import HOUR, Instant
from kithdesk.core.computing import Turn
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter, NotFound, Overloaded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.jobs import Claimed
from kithdesk.core.work import Reads, Work

PURPOSE = "upload"
SLOT_LIFE = HOUR
MAX_WAITING = 100
"""Files of one organisation, while another of theirs is looked into."""
MAX_ENVELOPE = 16 * 1024
"""What multipart may add to a file: boundaries, headers and our fields."""
BLOB_DROPPED_AFTER = HOUR
STORED_WITHIN = HOUR // 2
"""Well before its blob may be dropped, also by another node's clock."""

ORIGINAL, THUMBNAIL, PREVIEW = "original", "thumbnail.webp", "preview.webp"

_MINE = attachments.c.organisation == bindparam("organisation")
_STORE = (
    update(attachments)
    .where(_MINE, attachments.c.id == bindparam("attachment"))
    .values(
        status=bindparam("to"),
        width=bindparam("width"),
        height=bindparam("height"),
        has_thumbnail=bindparam("has_thumbnail"),
        blob=bindparam("blob"),
    )
)
_MARK = (
    update(attachments)
    .where(_MINE, attachments.c.id == bindparam("attachment"))
    .values(status=bindparam("to"))
)
_DELETE = delete(attachments).where(_MINE, attachments.c.id == bindparam("attachment"))
_DRAFTS_OF = select(drafts.c.attachments).where(
    drafts.c.organisation == bindparam("organisation"), drafts.c.author == bindparam("author")
)


def slot_of(desk: Desk, organisation: OrganisationId, attachment: Attachment) -> str:
    """The last part of the address to upload to."""
    return desk.sealer.sign(
        PURPOSE, {"o": organisation, "a": attachment.id}, expires_at=Instant(desk.clock.now() + SLOT_LIFE)
    )


def draw_slot(
    desk: Desk, organisation: OrganisationId, attachment: Attachment, folder: str
) -> dict[str, Any]:
    """The attachment and where to send it: `meta.upload {url, fields}`. `folder`: the door, such as `/v1/uploads`."""
    url = f"{folder}/{slot_of(desk, organisation, attachment)}"
    return {
        "data": draw_attachment(attachment),
        "meta": {"upload": {"url": url, "fields": {"attachment": attachment.id}}},
    }


def key_of(organisation: OrganisationId, blob: str, part: str) -> str:
    """Where a part of an attachment is in the file store."""
    return f"{organisation}/attachments/{blob}/{part}"


async def receive_upload(desk: Desk, slot: str, request: Request) -> Attachment:
    """Takes the file for a slot. Once it is there, sending it again changes nothing.

    Raises `NotFound` for a slot that is forged, too old or used up, `AttachmentRefused`, `AttachmentTooLarge`,
    `Overloaded` when the store is away or took too long.
    """
    try:
        named = desk.sealer.verify(PURPOSE, slot)
    except ValueError:
        raise NotFound from None
    by = system(OrganisationId(named["o"]))
    attachment = (await desk.read(_find_slot, named["a"], by=by)).value
    if attachment.status != "slot":
        return attachment
    content = await _read_file(request, attachment)
    turn = Turn(f"attachments {by.organisation}", MAX_WAITING)
    looked = await desk.compute(look_into, content, attachment.content_type, turn=turn)
    blob = f"{attachment.id}-{secrets.token_hex(8)}"
    begun = (await desk.run(_begin, attachment.id, blob, by=by)).value
    parts = {ORIGINAL: content, THUMBNAIL: looked.thumbnail, PREVIEW: looked.preview}
    for part, data in parts.items():
        if data is not None:
            await desk.files.put(key_of(by.organisation, blob, part), data)
    return (await desk.run(_store, attachment.id, blob, looked, begun, by=by)).value


def _find_slot(reads: Reads, id: AttachmentId) -> Attachment:
    found = find_attachments(reads, [id])
    if not found or found[0].status == "dropped":
        raise NotFound
    return found[0]


def _begin(work: Work, id: AttachmentId, blob: str) -> Instant:
    """From here on the blob has a name that outlives us."""
    job = DropBlob(attachment=id, blob=blob)
    work.enqueue(job, at=Instant(work.now + BLOB_DROPPED_AFTER), unique=drop_blob_key(blob))
    return work.now


def _store(work: Work, id: AttachmentId, blob: str, looked: Looked, begun: Instant) -> Attachment:
    """The first to arrive is the file. Another's blob goes at once, and nobody waits for it."""
    attachment = _find_slot(work, id)
    if attachment.status != "slot":
        work.enqueue(
            DropBlob(attachment=id, blob=blob), unique=drop_blob_key(blob), on_conflict="move", at=work.now
        )
        return attachment
    if work.now > begun + STORED_WITHIN:
        raise Overloaded("Storing the file took too long.", retry_after=1)
    found: dict[str, Any] = {
        "width": looked.width,
        "height": looked.height,
        "has_thumbnail": looked.thumbnail is not None,
        "blob": blob,
    }
    work.execute(_STORE, {"organisation": work.organisation, "attachment": id, "to": "stored", **found})
    work.cancel(drop_blob_key(blob))
    return msgspec.structs.replace(attachment, status="stored", **found)


async def _read_file(request: Request, attachment: Attachment) -> bytes:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise BadParameter("Send multipart/form-data.", parameter="file")
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared[:12]) > MAX_FILE + MAX_ENVELOPE:
        raise AttachmentTooLarge("A file has at most 5 MB.", parameter="file")
    parser = MultiPartParser(
        request.headers, _bounded(request.stream()), max_files=1, max_fields=20, max_part_size=4_096
    )
    try:
        form = await parser.parse()
    except (MultiPartException, UnicodeDecodeError, KeyError, ValueError):
        raise BadParameter("The form cannot be read.", parameter="file") from None
    except ClientDisconnect:  # nobody is there to be told, and nothing of ours has failed
        raise BadParameter("The upload broke off.", parameter="file") from None
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise BadParameter("The file is missing.", parameter="file")
        if form.get("attachment") not in (None, attachment.id):
            raise BadParameter("The fields belong to another upload.", parameter="attachment")
        content = await file.read()
    finally:
        await form.close()
    if len(content) != attachment.content_length:
        raise BadParameter("The file is not as long as was said.", parameter="file")
    return content


async def _bounded(stream: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    total = 0
    async for chunk in stream:
        total += len(chunk)
        if total > MAX_FILE + MAX_ENVELOPE:
            raise AttachmentTooLarge("A file has at most 5 MB.", parameter="file")
        yield chunk


async def _delete_blob(desk: Desk, organisation: OrganisationId, blob: str) -> None:
    for part in (ORIGINAL, THUMBNAIL, PREVIEW):
        await desk.files.delete(key_of(organisation, blob, part))


async def drop_blob(desk: Desk, claimed: Claimed) -> None:
    """What an upload put into the store and no row names."""
    job = claimed.job
    assert isinstance(job, DropBlob)
    found = (await desk.read(find_attachments, [job.attachment], by=system(claimed.organisation))).value
    if all(attachment.blob != job.blob for attachment in found):
        await _delete_blob(desk, claimed.organisation, job.blob)


async def drop_upload(desk: Desk, claimed: Claimed) -> None:
    """A day later: what no message took and no draft holds goes, the file before the row."""
    job = claimed.job
    assert isinstance(job, DropUpload)
    by = system(claimed.organisation)
    attachment = (await desk.run(_retire, job.attachment, by=by)).value
    if attachment is None:
        return
    if attachment.blob is not None:
        await _delete_blob(desk, claimed.organisation, attachment.blob)
    await desk.run(_forget, job.attachment, by=by)


def _retire(work: Work, id: AttachmentId) -> Attachment | None:
    """From now on nobody can send it. None when it is to stay."""
    found = find_attachments(work, [id])
    if not found or found[0].status == "sent":
        return None
    values = {"organisation": work.organisation, "attachment": id, "author": found[0].author}
    if any(id in row.attachments for row in work.execute(_DRAFTS_OF, values)):
        later = Instant(work.now + KEPT_UNSENT)
        work.enqueue(DropUpload(attachment=id), at=later, unique=f"drop_upload:{id}", on_conflict="move")
        return None
    work.execute(_MARK, {**values, "to": "dropped"})
    return found[0]


def _forget(work: Work, id: AttachmentId) -> None:
    work.execute(_DELETE, {"organisation": work.organisation, "attachment": id})
