"""What happens to a customer, counted on the record by the projectors of those who know.

Conversations, page views and messages are facts of the slices above. Their projectors call these, one statement each,
so that the record is up to date in the same transaction and `replay` rebuilds it.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import bindparam, func, null, select, update

from kithdesk.core.clock import Instant
from kithdesk.core.work import Rows
from kithdesk.customers.ids import CustomerId
from kithdesk.customers.tables import customer_activity

Status = Literal["open", "snoozed", "done"]

_ROW = update(customer_activity).where(
    customer_activity.c.organisation == bindparam("organisation"),
    customer_activity.c.customer == bindparam("customer"),
)
_AT: Any = bindparam("at")
_MESSAGE_IN = _ROW.values(
    last_seen_at=_AT,
    last_activity_at=_AT,
    last_customer_activity_at=_AT,
    last_message_at=_AT,
    last_in_at=_AT,
    last_in_channel=bindparam("channel"),
    waiting_since=func.coalesce(customer_activity.c.waiting_since, _AT),
    last_conversation=bindparam("conversation"),
    preview=bindparam("preview"),
)
_AUTOMATIC = _ROW.values(
    last_activity_at=_AT,
    last_message_at=_AT,
    last_out_at=_AT,
    last_conversation=bindparam("conversation"),
    preview=bindparam("preview"),
)
_MESSAGE_OUT = _AUTOMATIC.values(waiting_since=null())
_SEEN = _ROW.values(last_seen_at=_AT, last_customer_activity_at=_AT)
_TRACKED = _ROW.values(last_tracked_at=_AT)
_STATUSES: tuple[Status, ...] = ("open", "snoozed", "done")


def _counted(before: Status | None, after: Status | None) -> Any:
    """One more of `after`, one less of `before`."""
    changes = ((before, -1), (after, 1))
    columns = {status: customer_activity.c[f"conversations_{status}"] for status in _STATUSES}
    return _ROW.values({columns[status].name: columns[status] + by for status, by in changes if status})


_COUNT = {
    (before, after): _counted(before, after)
    for before in (None, *_STATUSES)
    for after in (None, *_STATUSES)
    if before != after
}

_TOLD = ("last_seen_at", "last_activity_at", "last_customer_activity_at")
_KNOWN = select(*(customer_activity.c[name] for name in _TOLD)).where(
    customer_activity.c.organisation == bindparam("organisation"),
    customer_activity.c.customer == bindparam("customer"),
)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the conversations of a customer tell of them, taken together."""

    conversations_open: int = 0
    conversations_snoozed: int = 0
    conversations_done: int = 0
    last_message_at: int | None = None
    last_in_at: int | None = None
    last_in_channel: str | None = None
    last_out_at: int | None = None
    waiting_since: int | None = None
    last_conversation: str | None = None
    preview: str | None = None


_RETELL = _ROW.values({name: bindparam(name) for name in (*_TOLD, *Said.__struct_fields__)})


def retell(rows: Rows, customer: CustomerId, said: Said) -> None:
    """After conversations have come or gone: counts are what these are, and the rest is no earlier than they."""
    whose = {"organisation": rows.organisation, "customer": customer}
    known = rows.execute(_KNOWN, whose).one()
    heard = _latest(said.last_message_at, said.last_in_at)
    rows.execute(
        _RETELL,
        {
            **whose,
            **msgspec.structs.asdict(said),
            "last_seen_at": _latest(known.last_seen_at, said.last_in_at),
            "last_activity_at": _latest(known.last_activity_at, heard),
            "last_customer_activity_at": _latest(known.last_customer_activity_at, said.last_in_at),
        },
    )


def _latest(*instants: int | None) -> int | None:
    return max((at for at in instants if at is not None), default=None)


def note_message(
    rows: Rows,
    customer: CustomerId,
    *,
    direction: Literal["in", "out"],
    at: Instant,
    channel: str,
    conversation: str,
    preview: str,
    is_automatic: bool = False,
) -> None:
    """A message of the customer or to them. What is automatic ends no wait."""
    values = {
        "organisation": rows.organisation,
        "customer": customer,
        "at": at,
        "conversation": conversation,
        "preview": preview,
    }
    if direction == "in":
        values["channel"] = channel
        rows.execute(_MESSAGE_IN, values)
    else:
        rows.execute(_AUTOMATIC if is_automatic else _MESSAGE_OUT, values)


def note_seen(rows: Rows, customer: CustomerId, *, at: Instant) -> None:
    """The customer looked at something."""
    rows.execute(_SEEN, {"organisation": rows.organisation, "customer": customer, "at": at})


def note_tracked(rows: Rows, customer: CustomerId, *, at: Instant) -> None:
    """The company told something of the customer, which stands on their timeline."""
    rows.execute(_TRACKED, {"organisation": rows.organisation, "customer": customer, "at": at})


def count_conversation(
    rows: Rows, customer: CustomerId, *, before: Status | None, after: Status | None
) -> None:
    """A conversation was opened (`before` None) or changed its status."""
    if before != after:
        rows.execute(_COUNT[before, after], {"organisation": rows.organisation, "customer": customer})
