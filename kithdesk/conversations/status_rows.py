"""How a change of status or of the snooze becomes rows; `statuses.py` draws which changes there are."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, func, literal_column, update

from kithdesk.conversations.events import ConversationUpdated
from kithdesk.conversations.tables import conversations
from kithdesk.conversations.tallies import Place, tally
from kithdesk.conversations.waiting import WAITING
from kithdesk.core.events import Recorded
from kithdesk.core.work import Rows
from kithdesk.customers import CustomerId, count_conversation

_ROW = update(conversations).where(
    conversations.c.organisation == bindparam("organisation"), conversations.c.id == bindparam("conversation")
)
_STATUS: dict[str, Any] = {
    "status": bindparam("status"),
    "status_at": bindparam("at"),
    "status_by": bindparam("by"),
    "updated_at": bindparam("at"),
    "modified_at": bindparam("at"),
    "modified_by": bindparam("by"),
    "rev": literal_column("rev + 1"),
}
_WAITS_SINCE: Any = bindparam("waits_since")
_COUNTED: dict[str, dict[str, Any]] = {
    "open": {
        "waiting_since": func.coalesce(_WAITS_SINCE, conversations.c.waiting_since),
        "reopen_count": literal_column("reopen_count + 1"),
    },
    "snoozed": {"snooze_count": literal_column("snooze_count + 1")},
    "done": {
        "done_count": literal_column("done_count + 1"),
        "first_done_at": func.coalesce(conversations.c.first_done_at, bindparam("at")),
        "last_done_at": bindparam("at"),
        "last_done_by": bindparam("by"),
    },
}
_TO: dict[str, Any] = {
    status: _ROW.values({**_STATUS, **counted}).returning(
        conversations.c.assigned_users, conversations.c.queue
    )
    for status, counted in _COUNTED.items()
}
_SCHEDULE = _ROW.values(
    snoozed_until=bindparam("until"),
    snooze_status=bindparam("snooze_status"),
    snooze_status_at=bindparam("at"),
)
_SNOOZE_OVER = _ROW.values(snooze_status=bindparam("snooze_status"), snooze_status_at=bindparam("at"))

_decode = msgspec.json.Decoder(list[str]).decode


def project_status(rows: Rows, recorded: Recorded[ConversationUpdated], by: str) -> None:
    """`by`: who did it, as rows keep it. A change of status is a change of the row, and said of it with that."""
    event = recorded.event
    where = {"organisation": rows.organisation, "conversation": event.conversation, "at": recorded.at}
    status = event.status
    if status is not None:
        values = {**where, "status": status.after, "by": by, "waits_since": event.waits_since}
        changed = rows.execute(_TO[status.after], values)
        count_conversation(
            rows, CustomerId(event.customer), before=status.before, after=status.after, waiting=WAITING
        )
        row = changed.one()
        users = _decode(row.assigned_users)
        tally(rows, Place(status.before, users, row.queue), Place(status.after, users, row.queue))
    snooze = event.changes.get("snooze")
    if snooze is None:
        return
    if snooze.after is None:
        over = "elapsed" if event.cause == "timer" else "canceled"
        rows.execute(_SNOOZE_OVER, {**where, "snooze_status": over})
    else:
        rows.execute(_SCHEDULE, {**where, "until": event.snoozed_until, "snooze_status": "scheduled"})
