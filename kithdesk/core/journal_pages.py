"""Pages of what happened, by number and the last first, for lists that know their length.

A page costs as much as all before it, and its length as much as all there is of one customer or conversation.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.journal import WHOLE, recorded_in
from kithdesk.core.journal_rows import journal
from kithdesk.core.sql import Executes

_SHOWN = (journal.c.organisation == bindparam("organisation"), journal.c.on_timeline.is_(True))
_OF_KINDS = journal.c.kind.in_(bindparam("kinds", expanding=True))
_OF_CUSTOMERS = (
    *_SHOWN,
    journal.c.customer.in_(bindparam("customers", expanding=True)),
    or_(journal.c.conversation.is_(None), _OF_KINDS),
)
_OF_CONVERSATION = (
    *_SHOWN,
    journal.c.conversation == bindparam("conversation"),
    journal.c.kind.not_in(bindparam("kinds", expanding=True)),
)
_KINDS_OF_CONVERSATION = (
    WHOLE.where(
        journal.c.organisation == bindparam("organisation"),
        journal.c.conversation == bindparam("conversation"),
        _OF_KINDS,
    )
    .order_by(journal.c.position)
    .limit(bindparam("limit"))
)


def _page(*conditions: Any) -> Any:
    found = WHOLE.where(*conditions).order_by(journal.c.position.desc())
    return found.limit(bindparam("limit")).offset(bindparam("offset"))


def _count(*conditions: Any) -> Any:
    return select(func.count()).select_from(journal).where(*conditions)


_PAGE_OF_CUSTOMERS, _COUNT_OF_CUSTOMERS = _page(*_OF_CUSTOMERS), _count(*_OF_CUSTOMERS)
_PAGE_OF_CONVERSATION, _COUNT_OF_CONVERSATION = _page(*_OF_CONVERSATION), _count(*_OF_CONVERSATION)


def page_of_customers(
    reads: Executes,
    organisation: OrganisationId,
    customers: Sequence[str],
    *,
    besides: Collection[str],
    limit: int,
    offset: int,
) -> tuple[list[Recorded[Event]], int]:
    """What timelines show of these customers and of no conversation, and what is of a kind `besides`; and how many."""
    values = {"organisation": organisation, "customers": list(customers), "kinds": list(besides)}
    rows = reads.execute(_PAGE_OF_CUSTOMERS, {**values, "limit": limit, "offset": offset})
    total: int = reads.execute(_COUNT_OF_CUSTOMERS, values).scalar()
    return [recorded_in(row) for row in rows], total


def page_of_conversation(
    reads: Executes,
    organisation: OrganisationId,
    conversation: str,
    *,
    without: Collection[str],
    limit: int,
    offset: int,
) -> tuple[list[Recorded[Event]], int]:
    """What timelines show of a conversation, without some kinds, and how many there are."""
    values = {"organisation": organisation, "conversation": conversation, "kinds": list(without)}
    rows = reads.execute(_PAGE_OF_CONVERSATION, {**values, "limit": limit, "offset": offset})
    total: int = reads.execute(_COUNT_OF_CONVERSATION, values).scalar()
    return [recorded_in(row) for row in rows], total


def first_of_conversation(
    reads: Executes, organisation: OrganisationId, conversation: str, kinds: Collection[str], *, limit: int
) -> list[Recorded[Event]]:
    """The first events of these kinds in a conversation, ascending."""
    values = {"organisation": organisation, "conversation": conversation, "kinds": list(kinds)}
    rows = reads.execute(_KINDS_OF_CONVERSATION, {**values, "limit": limit})
    return [recorded_in(row) for row in rows]
