"""Conversations follow their customer when records are merged, and go back when they part.

What was said in them stays as it is. After a parting, what is counted on both records is counted anew. A browser that
came to be in somebody's conversation by such a merge leaves it when they take it up.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, literal_column, select, update

from kithdesk.conversations.events import ConversationTakenUp
from kithdesk.conversations.tables import conversations
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.customers import CustomerId, Departure, Said, depart, retell
from kithdesk.customers.events import CustomerMerged, CustomerUnmerged, VisitorParted

_OF_ORGANISATION = update(conversations).where(conversations.c.organisation == bindparam("organisation"))
_CHANGED: dict[str, Any] = {
    "customer": bindparam("customer"),
    "updated_at": bindparam("at"),
    "rev": literal_column("rev + 1"),
}
_MOVE_ALL = _OF_ORGANISATION.where(conversations.c.customer == bindparam("source")).values(_CHANGED)
_MOVE = _OF_ORGANISATION.where(conversations.c.id == bindparam("conversation")).values(_CHANGED)
_TAKE_UP = _OF_ORGANISATION.where(conversations.c.id == bindparam("conversation")).values(
    taken_up_at=func.coalesce(conversations.c.taken_up_at, bindparam("at"))
)
_TOLD = select(
    conversations.c.id,
    conversations.c.status,
    conversations.c.last_in_channel,
    conversations.c.preview,
    conversations.c.last_message_at,
    conversations.c.last_in_at,
    conversations.c.last_out_at,
    conversations.c.waiting_since,
).where(
    conversations.c.organisation == bindparam("organisation"),
    conversations.c.customer == bindparam("customer"),
)


def project_merged(rows: Rows, recorded: Recorded[CustomerMerged]) -> None:
    event = recorded.event
    values = {"source": event.source, "customer": event.customer, "at": recorded.at}
    rows.execute(_MOVE_ALL, {"organisation": rows.organisation, **values})


def project_unmerged(rows: Rows, recorded: Recorded[CustomerUnmerged]) -> None:
    event = recorded.event
    values = {"organisation": rows.organisation, "customer": event.customer, "at": recorded.at}
    for conversation in event.conversations:
        rows.execute(_MOVE, {**values, "conversation": conversation})
    for customer in (event.customer, event.of):
        retell(rows, CustomerId(customer), _said_with(rows, customer))


def project_taken_up(rows: Rows, recorded: Recorded[ConversationTakenUp]) -> None:
    event = recorded.event
    values = {"organisation": rows.organisation, "conversation": event.conversation, "at": recorded.at}
    rows.execute(_TAKE_UP, values)
    departure = Departure(event.number, recorded.id, Instant(recorded.at))
    depart(rows, event.visitors, event.conversation, departure)


def _said_with(rows: Rows, customer: str) -> Said:
    values = {"organisation": rows.organisation, "customer": customer}
    found = list(rows.execute(_TOLD, values))
    heard = max(
        (row for row in found if row.last_in_at is not None),
        key=lambda row: (row.last_in_at, row.id),
        default=None,
    )
    last = max(
        (row for row in found if row.last_message_at is not None),
        key=lambda row: (row.last_message_at, row.id),
        default=None,
    )
    return Said(
        **{
            f"conversations_{status}": sum(row.status == status for row in found)
            for status in ("open", "snoozed", "done")
        },
        last_message_at=None if last is None else last.last_message_at,
        last_in_at=None if heard is None else heard.last_in_at,
        last_in_channel=None if heard is None else heard.last_in_channel,
        last_out_at=max((row.last_out_at for row in found if row.last_out_at is not None), default=None),
        waiting_since=min(
            (row.waiting_since for row in found if row.waiting_since is not None and row.status != "done"),
            default=None,
        ),
        last_conversation=None if last is None else last.id,
        preview=None if last is None else last.preview,
    )


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    ConversationTakenUp: (project_taken_up,),
    CustomerMerged: (project_merged,),
    CustomerUnmerged: (project_unmerged,),
    VisitorParted: (project_unmerged,),
}
