"""What happens to a customer, counted on the record by the projectors of those who know.

Conversations, page views and messages are facts of the slices above. Their projectors call these, one statement each,
so that the record is up to date in the same transaction and `replay` rebuilds it.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import bindparam, func, null, update

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
_MESSAGE_OUT = _ROW.values(
    last_activity_at=_AT,
    last_message_at=_AT,
    last_out_at=_AT,
    waiting_since=null(),
    last_conversation=bindparam("conversation"),
    preview=bindparam("preview"),
)
_SEEN = _ROW.values(last_seen_at=_AT, last_customer_activity_at=_AT)
_COUNT = {
    status: _ROW.values(
        {f"conversations_{status}": customer_activity.c[f"conversations_{status}"] + bindparam("by")}
    )
    for status in ("open", "snoozed", "done")
}


def note_message(
    rows: Rows,
    customer: CustomerId,
    *,
    direction: Literal["in", "out"],
    at: Instant,
    channel: str,
    conversation: str,
    preview: str,
) -> None:
    """A message of the customer or to them."""
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
        rows.execute(_MESSAGE_OUT, values)


def note_seen(rows: Rows, customer: CustomerId, *, at: Instant) -> None:
    """The customer looked at something."""
    rows.execute(_SEEN, {"organisation": rows.organisation, "customer": customer, "at": at})


def count_conversation(
    rows: Rows, customer: CustomerId, *, before: Status | None, after: Status | None
) -> None:
    """A conversation was opened (`before` None) or changed its status."""
    for status, by in ((before, -1), (after, 1)):
        if status is not None:
            rows.execute(_COUNT[status], {"organisation": rows.organisation, "customer": customer, "by": by})
