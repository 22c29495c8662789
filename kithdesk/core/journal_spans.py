"""Events of several customers or conversations together, for records that were one for a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import bindparam

from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.journal import WHOLE, recorded_in
from kithdesk.core.journal_rows import journal
from kithdesk.core.sql import Executes

_AFTER = (
    journal.c.organisation == bindparam("organisation"),
    journal.c.position > bindparam("after"),
)
_BEFORE = journal.c.position < bindparam("before")
_LIMIT: Any = bindparam("limit")
_SKIP: Any = bindparam("skip", 0)
_OF_CUSTOMERS = journal.c.customer.in_(bindparam("customers", expanding=True))
_OF_CONVERSATIONS = journal.c.conversation.in_(bindparam("conversations", expanding=True))

_CUSTOMERS_AFTER = (
    WHOLE.where(*_AFTER, _OF_CUSTOMERS).order_by(journal.c.position.asc()).limit(_LIMIT).offset(_SKIP)
)
_SPANS = {
    (about, direction): WHOLE.where(*_AFTER, _BEFORE, *conditions).order_by(order).limit(_LIMIT)
    for about, conditions in (
        ("customers", (_OF_CUSTOMERS, journal.c.conversation.is_(None))),
        ("conversations", (_OF_CONVERSATIONS,)),
    )
    for direction, order in (("forward", journal.c.position.asc()), ("backward", journal.c.position.desc()))
}


def read_customers(
    reads: Executes,
    organisation: OrganisationId,
    customers: Sequence[str],
    *,
    after: int,
    limit: int,
    skip: int = 0,
) -> list[Recorded[Event]]:
    """Events of any of these customers after a position, ascending."""
    values = {"organisation": organisation, "customers": list(customers)}
    rows = reads.execute(_CUSTOMERS_AFTER, {**values, "after": after, "limit": limit, "skip": skip})
    return [recorded_in(row) for row in rows]


def read_span(
    reads: Executes,
    organisation: OrganisationId,
    about: Literal["customers", "conversations"],
    ids: Sequence[str],
    *,
    after: int,
    before: int,
    limit: int,
    backward: bool,
) -> list[Recorded[Event]]:
    """Events between two positions, in the direction they are read: all of these conversations, or what was of these
    customers and of no conversation."""
    statement = _SPANS[about, "backward" if backward else "forward"]
    values: dict[str, Any] = {about: list(ids), "after": after, "before": before, "limit": limit}
    return [recorded_in(row) for row in reads.execute(statement, {"organisation": organisation, **values})]
