"""Whose an event is, when records were merged and parted again.

The journal keeps the name an event was stated under. While a merge stood, what happened in the conversations that
moved was stated under the target's name; when it is undone, they go back with all that was said in them. A *stay* is
such a time: from the merge to its undoing, with what went back. Stays of one conversation lie within each other, for a
merge is undone before the one that it was merged on with; so the outermost, undone last, says whose an event is.

What a login took from a record, because that holds more, is told as a stay from the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import Any

import msgspec

from kithdesk.core import journal
from kithdesk.core.events import Event, Recorded
from kithdesk.core.journal_spans import read_customers, read_span
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, Merge, list_undone, past_ids

_CHUNK = 100
_MOST_STEPS = 10

Read = Callable[[int, int], list[Recorded[Event]]]
"""`read(cursor, limit)`: events beyond a position, in the direction of reading."""


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """A merge that was undone, with the positions of both."""

    source: CustomerId
    target: CustomerId
    began: int
    ended: int
    conversations: tuple[str, ...]
    others: frozenset[str]
    """Custom objects and browsers."""

    def holds(self, recorded: Recorded[Event]) -> bool:
        """Whether it is about something that went back."""
        if not self.began < recorded.position < self.ended:
            return False
        kobject = getattr(recorded.event, "kobject", None)
        if kobject is not None:
            return kobject in self.others
        if recorded.conversation is not None:
            return recorded.conversation in self.conversations
        actor = recorded.actor
        visitor = getattr(recorded.event, "visitor", None)
        return (visitor or (actor.author if actor.is_visitor else None)) in self.others


class Past(msgspec.Struct, frozen=True):
    """Under which names a customer's events stand, and the stays that say which of them are theirs."""

    ids: tuple[CustomerId, ...]
    stays: tuple[Stay, ...] = ()

    def has(self, recorded: Recorded[Event]) -> bool:
        """Whether the event is this customer's."""
        owner = recorded.customer
        for stay in self.stays:
            if stay.holds(recorded):
                owner = stay.source
        return owner in self.ids


def past_of(reads: Reads, customer: CustomerId) -> Past:
    """Of a customer who stands for themselves."""
    ids, has_parted = past_ids(reads, customer)
    if not has_parted:
        return Past(tuple(ids))
    return Past(tuple(ids), tuple(_stay(reads, merge) for merge in list_undone(reads, ids)))


def _stay(reads: Reads, merge: Merge) -> Stay:
    assert merge.returned is not None
    assert merge.undone_in is not None
    return Stay(
        source=merge.source,
        target=merge.target,
        began=journal.position_of(reads, reads.organisation, merge.merged_in) if merge.merged_in else 0,
        ended=journal.position_of(reads, reads.organisation, merge.undone_in),
        conversations=merge.returned.conversations,
        others=frozenset((*merge.returned.kobjects, *merge.returned.visitors)),
    )


def read_past(
    reads: Reads, past: Past, read_own: Sequence[Read], *, cursor: int, backward: bool
) -> Iterator[Recorded[Event]]:
    """The customer's events beyond a position, each once, as far as they are looked at.

    `read_own` read what stands under the customer's names.
    """
    parts = [_pages(read, cursor) for read in read_own]
    for stay in past.stays:
        if stay.source in past.ids:
            parts += _of_stay(reads, stay, cursor, backward=backward)
    last = None
    for recorded in merge(*parts, key=_position, reverse=backward):
        if recorded.position != last and past.has(recorded):
            yield recorded
        last = recorded.position


def _of_stay(reads: Reads, stay: Stay, cursor: int, *, backward: bool) -> Iterator[Iterator[Recorded[Event]]]:
    if (cursor <= stay.began + 1) if backward else (cursor >= stay.ended - 1):
        return

    def spans(about: Any, ids: Sequence[str]) -> Iterator[Recorded[Event]]:
        def read(cursor: int, limit: int) -> list[Recorded[Event]]:
            after, before = (stay.began, cursor) if backward else (cursor, stay.ended)
            return read_span(
                reads,
                reads.organisation,
                about,
                ids,
                after=after,
                before=before,
                limit=limit,
                backward=backward,
            )

        return _pages(read, min(cursor, stay.ended) if backward else max(cursor, stay.began))

    if stay.conversations:
        yield spans("conversations", stay.conversations)
    if stay.others:
        yield spans("customers", _bearers(reads, stay))


def _bearers(reads: Reads, stay: Stay) -> list[CustomerId]:
    """Under whose names it was then: the target's, and those into whom that was merged meanwhile and parted from."""
    found = [stay.target]
    for _ in range(_MOST_STEPS):
        more = {merge.target for merge in list_undone(reads, found) if merge.source in found} - set(found)
        if not more:
            break
        found += sorted(more)
    return found


def _pages(read: Read, cursor: int) -> Iterator[Recorded[Event]]:
    while chunk := read(cursor, _CHUNK):
        yield from chunk
        if len(chunk) < _CHUNK:
            return
        cursor = chunk[-1].position


def _position(recorded: Recorded[Event]) -> int:
    return recorded.position


def read_events(
    reads: Reads, customer: CustomerId, *, after: int, limit: int, skip: int = 0
) -> list[Recorded[Event]]:
    """All events of a customer after a position, on the timeline or not, ascending, without the first `skip`."""
    past = past_of(reads, customer)
    if not past.stays:
        return read_customers(reads, reads.organisation, past.ids, after=after, limit=limit, skip=skip)

    def read(cursor: int, limit: int) -> list[Recorded[Event]]:
        return read_customers(reads, reads.organisation, past.ids, after=cursor, limit=limit)

    found = read_past(reads, past, [read], cursor=after, backward=False)
    return list(islice(found, skip, skip + limit))


def on_timeline(found: Iterable[Recorded[Event]]) -> Iterator[Recorded[Event]]:
    """Those that a timeline shows."""
    return (recorded for recorded in found if recorded.event.on_timeline)
