"""Drafts: what an agent has written and not sent, one for each conversation, kept on the server.

A record of its own, not in the journal: nobody else sees it. Each save has a revision, so that two tabs do not
overwrite each other unseen.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, delete, select

from kithdesk.conversations.attaching import check_attachments
from kithdesk.conversations.errors import DraftChanged
from kithdesk.conversations.ids import AttachmentId, ConversationId
from kithdesk.conversations.live import Kind
from kithdesk.conversations.queries import get_conversation
from kithdesk.conversations.sending import check_body
from kithdesk.conversations.tables import drafts
from kithdesk.core.clock import Instant
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Reads, Work


class Draft(msgspec.Struct, frozen=True):
    """Unsent text. `revision` grows with each save."""

    conversation: ConversationId
    kind: Kind
    body: str
    attachments: list[AttachmentId]
    revision: int
    updated_at: Instant


_PUT = Upsert(drafts, ["organisation", "conversation", "author"])
_MINE = (
    drafts.c.organisation == bindparam("organisation"),
    drafts.c.conversation == bindparam("conversation"),
    drafts.c.author == bindparam("author"),
)
_FIND = select(*(drafts.c[field] for field in Draft.__struct_fields__)).where(*_MINE)
_DISCARD = delete(drafts).where(*_MINE)
_decode = msgspec.json.Decoder(list[AttachmentId]).decode


def save_draft(
    work: Work,
    conversation_id: ConversationId,
    *,
    kind: Kind,
    body: str,
    attachments: Sequence[AttachmentId] = (),
    revision: int | None = None,
) -> Draft:
    """Keeps the acting agent's draft. `revision`: the one it was made from; None saves whatever is there.

    Raises `NotFound`, `DraftChanged`, and refusals of the text and the files.
    """
    conversation = get_conversation(work, conversation_id)
    check_body(body, may_be_empty=True)
    author = _author(work)
    check_attachments(work, attachments, author=author)
    known = _find(work, conversation.id, author)
    current = 0 if known is None else known.revision
    if revision is not None and revision != current:
        raise DraftChanged
    draft = Draft(conversation.id, kind, body, list(attachments), current + 1, work.now)
    work.execute(
        _PUT,
        {
            "organisation": work.organisation,
            "conversation": conversation.id,
            "author": author,
            "kind": kind,
            "body": body,
            "attachments": msgspec.json.encode(draft.attachments).decode(),
            "revision": draft.revision,
            "updated_at": work.now,
        },
    )
    return draft


def find_draft(reads: Reads, conversation_id: ConversationId) -> Draft | None:
    """The caller's own. Raises `NotFound` for the conversation."""
    return _find(reads, get_conversation(reads, conversation_id).id, _author(reads))


def discard_draft(work: Work, conversation_id: ConversationId) -> None:
    """Forgets it. Without one nothing happens. Raises `NotFound` for the conversation."""
    conversation = get_conversation(work, conversation_id)
    values = {"organisation": work.organisation, "conversation": conversation.id, "author": _author(work)}
    work.execute(_DISCARD, values)


def _find(reads: Reads, conversation: ConversationId, author: str) -> Draft | None:
    values = {"organisation": reads.organisation, "conversation": conversation, "author": author}
    row = reads.execute(_FIND, values).first()
    if row is None:
        return None
    return Draft(row.conversation, row.kind, row.body, _decode(row.attachments), row.revision, row.updated_at)


def _author(reads: Reads) -> str:
    return reads.actor.author or reads.actor.id or ""
