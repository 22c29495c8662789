"""Attachments: a slot is reserved, the file arrives and is looked into, and one message takes it.

    reserved (slot) ──file arrives, is what it says──▶ stored ──a message takes it──▶ sent
          └───────────────── a day without a message ────────────────▶ dropped

The row is a record: a file is no event. What the message carries of it is in the message's own event.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, insert, select, update

from kithdesk.conversations.errors import AttachmentTooLarge, AttachmentUsed, UploadUnfinished
from kithdesk.conversations.filetypes import FileType, check_file_type, clean_file_name
from kithdesk.conversations.ids import AttachmentId, ConversationId, MessageId
from kithdesk.conversations.live import File
from kithdesk.conversations.tables import attachments
from kithdesk.conversations.timers import DropUpload
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.errors import BadParameter
from kithdesk.core.ids import is_id
from kithdesk.core.work import Reads, Work

MAX_FILE = 5 * 1024 * 1024
MAX_MESSAGE = 9_961_472
MAX_FILES = 20
KEPT_UNSENT = DAY


class Attachment(msgspec.Struct, frozen=True):
    """A slot, or a file. Sizes are in bytes and pixels."""

    id: AttachmentId
    author: str
    status: str
    name: str
    content_type: str
    content_length: int
    width: int | None
    height: int | None
    has_thumbnail: bool
    blob: str | None
    conversation: ConversationId | None
    message: MessageId | None
    created_at: Instant

    @property
    def as_file(self) -> File:
        return File(
            id=self.id,
            name=self.name,
            content_type=self.content_type,
            content_length=self.content_length,
            width=self.width,
            height=self.height,
            has_thumbnail=self.has_thumbnail,
        )


_MINE = attachments.c.organisation == bindparam("organisation")
_COLUMNS = select(*(attachments.c[field] for field in Attachment.__struct_fields__))
_BY_IDS = _COLUMNS.where(_MINE, attachments.c.id.in_(bindparam("ids", expanding=True)))
_OF_CONVERSATION = select(attachments.c.id).where(
    _MINE, attachments.c.conversation == bindparam("conversation")
)
_RESERVE = insert(attachments)
_TAKE = (
    update(attachments)
    .where(_MINE, attachments.c.id == bindparam("attachment"))
    .values(
        status=bindparam("to"), conversation=bindparam("in_conversation"), message=bindparam("in_message")
    )
)


def reserve_upload(work: Work, *, name: str, content_type: str, content_length: int) -> Attachment:
    """A slot for one file, for a day. Raises `AttachmentRefused`, `AttachmentTooLarge`, `BadParameter`."""
    shown = clean_file_name(name)
    kind: FileType = check_file_type(shown, content_type)
    if content_length < 1:
        raise BadParameter("A file has at least one byte.", parameter="contentLength")
    if content_length > MAX_FILE:
        raise AttachmentTooLarge("A file has at most 5 MB.", parameter="contentLength")
    attachment = Attachment(
        id=AttachmentId(work.new_id()),
        author=work.actor.author or work.actor.id or "",
        status="slot",
        name=shown,
        content_type=kind.content_type,
        content_length=content_length,
        width=None,
        height=None,
        has_thumbnail=False,
        blob=None,
        conversation=None,
        message=None,
        created_at=work.now,
    )
    work.execute(_RESERVE, {"organisation": work.organisation, **msgspec.structs.asdict(attachment)})
    work.enqueue(
        DropUpload(attachment=attachment.id),
        at=Instant(work.now + KEPT_UNSENT),
        unique=f"drop_upload:{attachment.id}",
    )
    return attachment


def attach(
    work: Work,
    ids: Sequence[AttachmentId],
    *,
    author: str,
    conversation: ConversationId,
    message: MessageId,
) -> tuple[File, ...]:
    """Gives the author's stored files to their message.

    Raises what `check_attachments` raises, `UploadUnfinished`, `AttachmentUsed`.
    """
    if not ids:
        return ()
    found = check_attachments(work, ids, author=author)
    for attachment in found:
        if attachment.status != "stored":
            raise AttachmentUsed if attachment.status == "sent" else UploadUnfinished
        work.execute(
            _TAKE,
            {
                "organisation": work.organisation,
                "attachment": attachment.id,
                "to": "sent",
                "in_conversation": conversation,
                "in_message": message,
            },
        )
        work.cancel(f"drop_upload:{attachment.id}")
    return tuple(attachment.as_file for attachment in found)


def check_attachments(reads: Reads, ids: Sequence[str], *, author: str) -> list[Attachment]:
    """The author's attachments of these ids, in their order. Another's is as unknown as one that never was.

    Raises `BadParameter`, `AttachmentTooLarge`.
    """
    if len(ids) > MAX_FILES or len(set(ids)) != len(ids):
        raise BadParameter(f"At most {MAX_FILES} attachments, each once.", parameter="attachments")
    found = [one for one in find_attachments(reads, ids) if one.author == author and one.status != "dropped"]
    if len(found) != len(ids):
        raise BadParameter("There is no such attachment.", parameter="attachments")
    if sum(one.content_length for one in found) > MAX_MESSAGE:
        raise AttachmentTooLarge(
            "The files of one message have at most 9.5 MB together.", parameter="attachments"
        )
    return found


def find_attachments(reads: Reads, ids: Sequence[str]) -> list[Attachment]:
    """Rows of the organisation, in the order of `ids`. The caller judges who may see them."""
    wanted = [id for id in ids if is_id(id)]
    if not wanted:
        return []
    rows = reads.execute(_BY_IDS, {"organisation": reads.organisation, "ids": wanted})
    found = {row.id: Attachment(*row) for row in rows}
    return [found[id] for id in ids if id in found]


def list_attachments(reads: Reads, conversation: ConversationId) -> list[Attachment]:
    """Those that were sent in a conversation, oldest first. The caller has found the conversation."""
    rows = reads.execute(_OF_CONVERSATION, {"organisation": reads.organisation, "conversation": conversation})
    return find_attachments(reads, sorted(row.id for row in rows))
