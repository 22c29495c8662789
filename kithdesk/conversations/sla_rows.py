"""How a conversation stands with what is promised. Reckoning it is the SLA's; this keeps it where it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import bindparam, update

from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.tables import conversation_details
from kithdesk.core.work import Rows

_SET = (
    update(conversation_details)
    .where(
        conversation_details.c.organisation == bindparam("of"),
        conversation_details.c.conversation == bindparam("id"),
    )
    .values(sla=bindparam("drawn"))
)


def note_sla(rows: Rows, conversation: ConversationId, drawn: Mapping[str, Any] | None) -> None:
    """For the projectors of those who reckon. None: nothing is promised."""
    kept = None if drawn is None else msgspec.json.encode(drawn).decode()
    rows.execute(_SET, {"of": rows.organisation, "id": conversation, "drawn": kept})
