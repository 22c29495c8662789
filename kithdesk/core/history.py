"""Long stretches of the journal, for whoever goes through an organisation's whole past.

Positions are the order, and times are no calendar: programs tell of what was earlier. A moment is therefore looked for
from the end, for as long as it takes. None of this is for a command: what others of its batch stated is not there yet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import bindparam, func, select

from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.journal import WHOLE, recorded_in
from kithdesk.core.journal_rows import journal
from kithdesk.core.sql import Executes

Wants = Callable[[str | None, str | None], bool]
"""Whether a fact about this conversation and this customer is wanted."""

_LIMIT: Any = bindparam("limit")
_MINE = journal.c.organisation == bindparam("organisation")
_AFTER = journal.c.position > bindparam("after")
_UP_TO = journal.c.position <= bindparam("upto")
_BACKWARD = journal.c.position.desc()
_OF_KINDS = journal.c.kind.in_(bindparam("kinds", expanding=True))
_STRETCH = (
    WHOLE.add_columns(journal.c.conversation, journal.c.customer)
    .where(_MINE, _AFTER, _UP_TO)
    .order_by(journal.c.position)
    .limit(_LIMIT)
)
_OF_KINDS_BEFORE = (
    WHOLE.where(_MINE, journal.c.position < bindparam("before"), _OF_KINDS).order_by(_BACKWARD).limit(_LIMIT)
)
_COUNT_OF_KINDS = select(func.count()).where(_MINE, _AFTER, _UP_TO, _OF_KINDS)
_LAST_BEFORE = (
    select(journal.c.position).where(_MINE, journal.c.at < bindparam("moment")).order_by(_BACKWARD).limit(1)
)


def everything(_conversation: str | None, _customer: str | None) -> bool:
    return True


def read_stretch(
    reads: Executes,
    organisation: OrganisationId,
    *,
    after: int,
    upto: int,
    limit: int,
    wants: Wants = everything,
) -> tuple[list[Recorded[Event]], int]:
    """Of the first `limit` events after a position and up to another, those that are wanted; and how far that went.

    Nothing is decoded that is not wanted.
    """
    values = {"organisation": organisation, "after": after, "upto": upto, "limit": limit}
    rows = reads.execute(_STRETCH, values).rows
    found = [recorded_in(row) for row in rows if wants(row.conversation, row.customer)]
    return found, rows[-1].position if len(rows) == limit else upto


def read_kinds_before(
    reads: Executes, organisation: OrganisationId, kinds: Collection[str], *, before: int, limit: int
) -> list[Recorded[Event]]:
    """Events of these kinds before a position, the last first."""
    values = {"organisation": organisation, "kinds": list(kinds), "before": before, "limit": limit}
    return [recorded_in(row) for row in reads.execute(_OF_KINDS_BEFORE, values)]


def count_kinds(
    reads: Executes, organisation: OrganisationId, kinds: Collection[str], *, after: int, upto: int
) -> int:
    """How many events of these kinds there are after a position and up to another."""
    values = {"organisation": organisation, "kinds": list(kinds), "after": after, "upto": upto}
    count: int = reads.execute(_COUNT_OF_KINDS, values).scalar()
    return count


def last_before(reads: Executes, organisation: OrganisationId, moment: Instant) -> int:
    """The position of the last event that was stated before a moment, 0 for none."""
    values = {"organisation": organisation, "moment": moment}
    position: int | None = reads.execute(_LAST_BEFORE, values).scalar()
    return position or 0
