"""The typed ids of this slice."""

from __future__ import annotations

from typing import NewType

ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
"""A message or a note."""

AttachmentId = NewType("AttachmentId", str)
TagId = NewType("TagId", str)
