"""How an assignment becomes rows: on the conversation, in the lists of further agents, in the tallies."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, insert, literal_column, update

from kithdesk.conversations.events import ConversationAssigned
from kithdesk.conversations.tables import conversations, further_assignees
from kithdesk.conversations.tallies import Place, tally
from kithdesk.core.events import Recorded
from kithdesk.core.work import Rows
from kithdesk.customers import Reference

_ASSIGN = (
    update(conversations)
    .where(
        conversations.c.organisation == bindparam("organisation"),
        conversations.c.id == bindparam("conversation"),
    )
    .values(
        queue=bindparam("queue"),
        assignee=bindparam("assignee"),
        assigned_users=bindparam("users"),
        assigned_teams=bindparam("teams"),
        assigned_at=bindparam("at"),
        updated_at=bindparam("at"),
        modified_at=bindparam("at"),
        modified_by=bindparam("by"),
        rev=literal_column("rev + 1"),
    )
    .returning(conversations.c.status)
)
_ADD_FURTHER = insert(further_assignees)
_DROP_FURTHER = delete(further_assignees).where(
    further_assignees.c.organisation == bindparam("organisation"),
    further_assignees.c.user == bindparam("user"),
    further_assignees.c.conversation == bindparam("conversation"),
)


def project_assigned(rows: Rows, recorded: Recorded[ConversationAssigned]) -> None:
    event = recorded.event
    where = {"organisation": rows.organisation, "conversation": event.conversation}
    assigned = rows.execute(
        _ASSIGN,
        {
            **where,
            "queue": event.queue,
            "assignee": event.users[0] if event.users else "",
            "users": encode(event.users),
            "teams": encode(event.teams),
            "at": recorded.at,
            "by": encode(Reference.of(recorded.actor)),
        },
    )
    for user in event.users_before[1:]:
        rows.execute(_DROP_FURTHER, {**where, "user": user})
    for user in event.users[1:]:
        rows.execute(_ADD_FURTHER, {**where, "user": user})
    status = assigned.scalar()
    before = Place(status, event.users_before, event.queue_before)
    tally(rows, before, Place(status, event.users, event.queue))


def encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()
