"""Browsers that may not see all of their customer's conversations.

A browser that never logged in is on a record by what it wrote, or by an agent's word. Once the record is somebody's who
is known, or two in one, it goes on seeing what it saw, and what it opens itself: who a person is takes a signed login,
and nobody can be talked into showing one's history to another.

When somebody who has proved to be the customer takes such a conversation up, the browser has no part in it any more. It
keeps what was said before, until it logs in itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, select, update

from kithdesk.core.clock import Instant
from kithdesk.core.ids import EventId
from kithdesk.core.work import Reads, Rows
from kithdesk.customers.events import Narrowed
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.tables import visitors

_NARROW = (
    update(visitors)
    .where(
        visitors.c.organisation == bindparam("organisation"),
        visitors.c.id.in_(bindparam("visitors", expanding=True)),
    )
    .values(sees=bindparam("sees"))
)
_DEPART = (
    update(visitors)
    .where(visitors.c.organisation == bindparam("organisation"), visitors.c.id == bindparam("visitor"))
    .values(departed=bindparam("departed"))
)
_DEPARTED = select(visitors.c.departed).where(
    visitors.c.organisation == bindparam("organisation"), visitors.c.id == bindparam("visitor")
)
_UNPROVEN = select(visitors.c.id, visitors.c.sees, visitors.c.departed).where(
    visitors.c.organisation == bindparam("organisation"),
    visitors.c.customer == bindparam("customer"),
    visitors.c.proven.is_(None),
)
_AT_ONCE = 500


class Departure(msgspec.Struct, frozen=True):
    """Since when a browser has no part in a conversation: from the message of this number on, by this event."""

    number: int
    event: EventId
    at: Instant


class Unproven(msgspec.Struct, frozen=True):
    """A browser that never logged in: what it may see beside its own, None for all, and what it has no part in."""

    id: VisitorId
    sees: tuple[str, ...] | None
    departed: dict[str, Departure]


_decode_ids = msgspec.json.Decoder(tuple[str, ...]).decode
_decode_departed = msgspec.json.Decoder(dict[str, Departure]).decode


def departed_in(text: str | None) -> dict[str, Departure]:
    """By conversation, from the column that keeps it."""
    return {} if text is None else _decode_departed(text)


def list_unproven_browsers(reads: Reads, customer: CustomerId) -> list[Unproven]:
    """Those of a customer."""
    values = {"organisation": reads.organisation, "customer": customer}
    return [
        Unproven(row.id, None if row.sees is None else _decode_ids(row.sees), departed_in(row.departed))
        for row in reads.execute(_UNPROVEN, values)
    ]


def narrow_visitors(rows: Rows, narrowed: Sequence[Narrowed]) -> None:
    """They go on seeing those conversations."""
    for each in narrowed:
        sees = msgspec.json.encode(each.conversations).decode()
        for start in range(0, len(each.visitors), _AT_ONCE):
            some = each.visitors[start : start + _AT_ONCE]
            rows.execute(_NARROW, {"organisation": rows.organisation, "visitors": list(some), "sees": sees})


def depart(rows: Rows, browsers: Sequence[str], conversation: str, departure: Departure) -> None:
    """Those browsers have no part in the conversation any more."""
    for visitor in browsers:
        here = {"organisation": rows.organisation, "visitor": visitor}
        before = departed_in(rows.execute(_DEPARTED, here).scalar())
        departed = msgspec.json.encode({**before, conversation: departure}).decode()
        rows.execute(_DEPART, {**here, "departed": departed})
