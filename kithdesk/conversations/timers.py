"""What happens later: snoozes end, and files go that were never sent, or never whole."""

from __future__ import annotations

from typing import ClassVar

from kithdesk.conversations.ids import AttachmentId, ConversationId
from kithdesk.core.jobs import Job


class WakeUp(Job, frozen=True, kw_only=True):
    """The end of a snooze."""

    kind: ClassVar[str] = "conversations.wake_up"
    conversation: ConversationId


def wake_up_key(conversation: ConversationId) -> str:
    """One timer a conversation."""
    return f"wake_up:{conversation}"


class DropUpload(Job, frozen=True, kw_only=True):
    """A slot or a file that no message took within a day."""

    kind: ClassVar[str] = "conversations.drop_upload"
    is_effect: ClassVar[bool] = True
    attachment: AttachmentId


class DropBlob(Job, frozen=True, kw_only=True):
    """What an upload began to store: it goes, unless the attachment names it by then."""

    kind: ClassVar[str] = "conversations.drop_blob"
    is_effect: ClassVar[bool] = True
    attachment: AttachmentId
    blob: str


def drop_blob_key(blob: str) -> str:
    """One for each try to upload."""
    return f"drop_blob:{blob}"
