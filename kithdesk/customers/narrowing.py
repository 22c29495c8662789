"""Browsers that may not see all of their customer's conversations.

A browser that never logged in is on a record by what it wrote, or by an agent's word. Once the record is somebody's who
is known, or two in one, it goes on seeing what it saw, and what it opens itself: who a person is takes a signed login,
and nobody can be talked into showing one's history to another.

When somebody who has proved to be the customer takes such a conversation up, the browser has no part in it any more. It
keeps what was said before, until it logs in itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Text, bindparam, case, func, or_, select, update

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
_DEPARTED: Any = visitors.c.departed
_DEPARTURE: Any = bindparam("departure", type_=Text)
# JSON as text, for both databases: the column is never an empty object, so another member goes before its last brace.
_DEPART = (
    update(visitors)
    .where(
        visitors.c.organisation == bindparam("organisation"),
        visitors.c.id.in_(bindparam("visitors", expanding=True)),
    )
    .values(
        departed=case(
            (_DEPARTED.is_(None), "{" + _DEPARTURE + "}"),
            else_=func.substr(_DEPARTED, 1, func.length(_DEPARTED) - 1) + "," + _DEPARTURE + "}",
        )
    )
)
_NAMED: Any = bindparam("named")
# Most customers have no such browser. Lists are looked through where they are kept, for they may be long.
_UNPROVEN_IN = select(visitors.c.id).where(
    visitors.c.organisation == bindparam("organisation"),
    visitors.c.customer == bindparam("customer"),
    visitors.c.proven.is_(None),
    or_(_DEPARTED.is_(None), _DEPARTED.not_like(_NAMED)),
    or_(visitors.c.sees.is_(None), visitors.c.id == bindparam("author"), visitors.c.sees.like(_NAMED)),
)
_AT_ONCE = 500


class Departure(msgspec.Struct, frozen=True):
    """Since when a browser has no part in a conversation: from the message of this number on, by this event."""

    number: int
    event: EventId
    at: Instant


_decode_departed = msgspec.json.Decoder(dict[str, Departure]).decode


def departed_in(text: str | None) -> dict[str, Departure]:
    """By conversation, from the column that keeps it."""
    return {} if text is None else _decode_departed(text)


def unproven_browsers_in(
    reads: Reads, customer: CustomerId, conversation: str, author: str | None
) -> list[VisitorId]:
    """Those of a customer that never logged in and have a part in the conversation, which `author` has begun."""
    values = {
        "organisation": reads.organisation,
        "customer": customer,
        "author": author,
        "named": f'%"{conversation}"%',
    }
    return [VisitorId(row.id) for row in reads.execute(_UNPROVEN_IN, values)]


def narrow_visitors(rows: Rows, narrowed: Sequence[Narrowed]) -> None:
    """They go on seeing those conversations."""
    for each in narrowed:
        sees = msgspec.json.encode(each.conversations).decode()
        for start in range(0, len(each.visitors), _AT_ONCE):
            some = each.visitors[start : start + _AT_ONCE]
            rows.execute(_NARROW, {"organisation": rows.organisation, "visitors": list(some), "sees": sees})


def depart(rows: Rows, browsers: Sequence[str], conversation: str, departure: Departure) -> None:
    """Those browsers, which had a part in the conversation, have none any more."""
    said = msgspec.json.encode({conversation: departure}).decode()[1:-1]
    for start in range(0, len(browsers), _AT_ONCE):
        some = list(browsers[start : start + _AT_ONCE])
        rows.execute(_DEPART, {"organisation": rows.organisation, "visitors": some, "departure": said})
