"""Browsers that may not see all of their customer's conversations.

A browser that never logged in is on a record by what it wrote, or by an agent's word. Once the record is somebody's who
is known, or two in one, it goes on seeing what it saw, and what it opens itself: who a person is takes a signed login,
and nobody can be talked into showing one's history to another.

When somebody who has proved to be the customer takes such a conversation up, the browser has no part in it any more. It
keeps what was said before, until it logs in itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Text, bindparam, cast, delete, insert, or_, select, update

from kithdesk.core.clock import Instant
from kithdesk.core.ids import EventId
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Reads, Rows
from kithdesk.customers.events import Narrowed
from kithdesk.customers.ids import CustomerId, VisitorId
from kithdesk.customers.tables import visitor_departures, visitor_sights, visitors

_NARROW = (
    update(visitors)
    .where(
        visitors.c.organisation == bindparam("organisation"),
        visitors.c.id.in_(bindparam("visitors", expanding=True)),
    )
    .values(sees=bindparam("sees"))
)
_KEEP_SIGHT = Upsert(visitor_sights, ["organisation", "id"], [])
_DEPART = insert(visitor_departures).from_select(
    ["organisation", "conversation", "visitor", "number", "event", "at"],
    select(
        visitors.c.organisation,
        cast(bindparam("conversation"), Text),
        visitors.c.id,
        cast(bindparam("number"), BigInteger),
        cast(bindparam("event"), Text),
        cast(bindparam("at"), BigInteger),
    ).where(
        visitors.c.organisation == bindparam("organisation"),
        visitors.c.id.in_(bindparam("visitors", expanding=True)),
    ),
)
_HAVE_DEPARTED = (
    update(visitors)
    .where(
        visitors.c.organisation == bindparam("organisation"),
        visitors.c.id.in_(bindparam("visitors", expanding=True)),
    )
    .values(has_departed=True)
)
_DEPARTURES = select(visitor_departures).where(
    visitor_departures.c.organisation == bindparam("organisation"),
    visitor_departures.c.visitor == bindparam("visitor"),
)
_FORGET_DEPARTURES = delete(visitor_departures).where(
    visitor_departures.c.organisation == bindparam("organisation"),
    visitor_departures.c.visitor == bindparam("visitor"),
)
_OF_CUSTOMER: Any = (
    visitors.c.organisation == bindparam("organisation"),
    visitors.c.customer == bindparam("customer"),
    visitors.c.proven.is_(None),
)
# Most customers have no such browser, and a record that a kiosk has put together has a thousand with one list: it is
# looked through once, where it is kept.
_SIGHTS_NAMING = select(visitor_sights.c.id).where(
    visitor_sights.c.organisation == bindparam("organisation"),
    visitor_sights.c.id.in_(select(visitors.c.sees).where(*_OF_CUSTOMER).distinct()),
    visitor_sights.c.conversations.like(bindparam("named")),
)
_GONE_FROM = select(visitor_departures.c.visitor).where(
    visitor_departures.c.organisation == bindparam("organisation"),
    visitor_departures.c.conversation == bindparam("conversation"),
)
_UNPROVEN_IN = select(visitors.c.id).where(
    *_OF_CUSTOMER,
    or_(
        visitors.c.sees.is_(None),
        visitors.c.sees.in_(_SIGHTS_NAMING),
        visitors.c.id == bindparam("author"),
    ),
    visitors.c.id.not_in(_GONE_FROM),
)
_UNPROVEN = select(visitors.c.id, visitors.c.sees).where(*_OF_CUSTOMER)
_SIGHTS = select(visitor_sights.c.id, visitor_sights.c.conversations).where(
    visitor_sights.c.organisation == bindparam("organisation"),
    visitor_sights.c.id.in_(select(visitors.c.sees).where(*_OF_CUSTOMER).distinct()),
)
_GONE_FROM_ANY = select(visitor_departures.c.conversation, visitor_departures.c.visitor).where(
    visitor_departures.c.organisation == bindparam("organisation"),
    visitor_departures.c.conversation.in_(bindparam("conversations", expanding=True)),
)
_decode_ids = msgspec.json.Decoder(list[str]).decode
_AT_ONCE = 500


class Departure(msgspec.Struct, frozen=True):
    """Since when a browser has no part in a conversation: from the message of this number on, by this event."""

    number: int
    event: EventId
    at: Instant


def departures_of(reads: Reads, visitor: VisitorId) -> dict[str, Departure]:
    """Those of one browser, by conversation."""
    found = reads.execute(_DEPARTURES, {"organisation": reads.organisation, "visitor": visitor})
    return {row.conversation: Departure(row.number, row.event, row.at) for row in found}


def unproven_browsers_in(
    reads: Reads, customer: CustomerId, conversation: str, author: str | None
) -> list[VisitorId]:
    """Those of a customer that never logged in and have a part in the conversation, which `author` has begun."""
    values = {
        "organisation": reads.organisation,
        "customer": customer,
        "author": author,
        "conversation": conversation,
        "named": f'%"{conversation}"%',
    }
    return [VisitorId(row.id) for row in reads.execute(_UNPROVEN_IN, values)]


def shared_with_unproven(
    reads: Reads, customer: CustomerId, begun_by: Mapping[str, str | None]
) -> frozenset[str]:
    """Those of a customer's conversations in which a browser that never logged in still has a part; `begun_by` whom."""
    whose = {"organisation": reads.organisation, "customer": customer}
    unproven = [(row.id, row.sees) for row in reads.execute(_UNPROVEN, whose)] if begun_by else []
    if not unproven:
        return frozenset()  # nearly always
    those = {"organisation": reads.organisation, "conversations": list(begun_by)}
    gone = {(row.conversation, row.visitor) for row in reads.execute(_GONE_FROM_ANY, those)}
    sights = {row.id: frozenset(_decode_ids(row.conversations)) for row in reads.execute(_SIGHTS, whose)}
    return frozenset(
        conversation
        for conversation, author in begun_by.items()
        if any(
            (sees is None or conversation in sights[sees] or browser == author)
            and (conversation, browser) not in gone
            for browser, sees in unproven
        )
    )


def narrow_visitors(rows: Rows, narrowed: Sequence[Narrowed]) -> None:
    """They go on seeing those conversations."""
    for each in narrowed:
        conversations = msgspec.json.encode(each.conversations)
        sight = hashlib.sha256(conversations).hexdigest()
        kept = {"organisation": rows.organisation, "id": sight, "conversations": conversations.decode()}
        rows.execute(_KEEP_SIGHT, kept)
        for some in _portions(each.visitors):
            rows.execute(_NARROW, {"organisation": rows.organisation, "visitors": some, "sees": sight})


def depart(rows: Rows, browsers: Sequence[str], conversation: str, departure: Departure) -> None:
    """Those browsers, which had a part in the conversation, have none any more."""
    said = {
        "organisation": rows.organisation,
        "conversation": conversation,
        "number": departure.number,
        "event": departure.event,
        "at": departure.at,
    }
    for some in _portions(browsers):
        rows.execute(_DEPART, {**said, "visitors": some})
        rows.execute(_HAVE_DEPARTED, {"organisation": rows.organisation, "visitors": some})


def forget_departures(rows: Rows, visitor: str) -> None:
    """Whoever signs in has a part again in what is their customer's."""
    rows.execute(_FORGET_DEPARTURES, {"organisation": rows.organisation, "visitor": visitor})


def _portions(browsers: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(browsers), _AT_ONCE):
        yield list(browsers[start : start + _AT_ONCE])
