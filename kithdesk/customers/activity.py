"""What happens to a customer, counted on the record by the projectors of those who know.

Conversations, page views and messages are facts of the slices above. Their projectors call these, one statement each,
so that the record is up to date in the same transaction and `replay` rebuilds it. A message may be of last year, told
today: what happened lately is what happened last, in whatever order it was told.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import ScalarSelect, bindparam, case, null, select, update

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


def _latest_of(column: Any) -> Any:
    return case((column > _AT, column), else_=_AT)


def _earliest_of(column: Any) -> Any:
    return case((column < _AT, column), else_=_AT)


def _if_last(name: str, told_at: Any) -> Any:
    """What the message says, unless a later one has said it."""
    return case((told_at > _AT, customer_activity.c[name]), else_=bindparam(name))


_OF: Any = customer_activity.c
_MESSAGE: dict[str, Any] = {
    "last_activity_at": _latest_of(_OF.last_activity_at),
    "last_message_at": _latest_of(_OF.last_message_at),
    "last_conversation": _if_last("last_conversation", _OF.last_message_at),
    "preview": _if_last("preview", _OF.last_message_at),
}
_MESSAGE_IN = _ROW.values(
    {
        **_MESSAGE,
        "last_seen_at": _latest_of(_OF.last_seen_at),
        "last_customer_activity_at": _latest_of(_OF.last_customer_activity_at),
        "last_in_at": _latest_of(_OF.last_in_at),
        "last_in_channel": _if_last("last_in_channel", _OF.last_in_at),
        "waiting_since": _earliest_of(_OF.waiting_since),
    }
)
_AUTOMATIC = _ROW.values({**_MESSAGE, "last_out_at": _latest_of(_OF.last_out_at)})
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


class Waiting:
    """Since when a customer waits, as those who know conversations ask it: `since` finds the first message that nobody
    answered in any that is not done. It is part of the statements that may change it, so that nobody waits for it."""

    def __init__(self, since: ScalarSelect[Any]) -> None:
        is_waiting = _OF.waiting_since.is_not(None)
        self.answered = _AUTOMATIC.values(waiting_since=case((is_waiting, since), else_=null()))
        self.counted = {
            statuses: statement.values(waiting_since=since) if "done" in statuses else statement
            for statuses, statement in _COUNT.items()
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
    waiting: Waiting,
    is_automatic: bool = False,
) -> None:
    """A message of the customer or to them, which its conversation has heard of. What is automatic ends no wait."""
    values = {
        "organisation": rows.organisation,
        "customer": customer,
        "at": at,
        "last_conversation": conversation,
        "preview": preview,
    }
    if direction == "in":
        values["last_in_channel"] = channel
        rows.execute(_MESSAGE_IN, values)
    else:
        rows.execute(_AUTOMATIC if is_automatic else waiting.answered, values)


def note_seen(rows: Rows, customer: CustomerId, *, at: Instant) -> None:
    """The customer looked at something."""
    rows.execute(_SEEN, {"organisation": rows.organisation, "customer": customer, "at": at})


def note_tracked(rows: Rows, customer: CustomerId, *, at: Instant) -> None:
    """The company told something of the customer, which stands on their timeline."""
    rows.execute(_TRACKED, {"organisation": rows.organisation, "customer": customer, "at": at})


def count_conversation(
    rows: Rows, customer: CustomerId, *, before: Status | None, after: Status | None, waiting: Waiting
) -> None:
    """A conversation was opened (`before` None) or changed its status. In what is done nobody waits."""
    if before != after:
        values = {"organisation": rows.organisation, "customer": customer}
        rows.execute(waiting.counted[before, after], values)
