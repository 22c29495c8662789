"""Reading the past: which facts a period needs. What is kept of it is bounded by what the period touched.

    the period, once   ──▶ which conversations and customers it is about
    all before it      ──▶ how the organisation was set up, and what there was to those
    the period, again  ──▶ all of it

It is read twice, for it is large as it is and small as the names in it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kithdesk import routing
from kithdesk.access import list_agents
from kithdesk.conversations import find_conversations
from kithdesk.conversations.events import ConversationAssigned, ConversationOpened
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.history import (
    Wants,
    count_kinds,
    everything,
    last_before,
    read_kinds_before,
    read_stretch,
)
from kithdesk.core.journal import END
from kithdesk.core.work import Reads
from kithdesk.customers.events import CustomerMerged, CustomerUnmerged
from kithdesk.routing.events import WorkOffered
from kithdesk.simulation.errors import PeriodTooFull

CHUNK = 500
SKIPPED = 2_000
"""Of what was before, most is of no concern, and so many are looked at in one read."""
MOST_CONVERSATIONS = 20_000
MOST_FACTS = 600_000
_GIVEN = (ConversationAssigned.kind, WorkOffered.kind)
_MERGES = (CustomerMerged.kind, CustomerUnmerged.kind)


class Span(NamedTuple):
    """A period, and the positions of its facts: after `start`, up to `end`."""

    begins: Instant
    ends: Instant
    start: int
    end: int


class Chunk(NamedTuple):
    """Some of the past, in its order: first what was before the period. `read`: how much has been, from 0 to 1.

    One without facts is there for whoever may want to stop.
    """

    facts: Sequence[Recorded[Event]]
    is_period: bool
    read: float


@dataclass
class _Wanted:
    """Whom and what the period is about."""

    conversations: set[str]
    customers: set[str]

    def note(self, facts: Sequence[Recorded[Event]]) -> None:
        for fact in facts:
            if fact.conversation is not None:
                self.conversations.add(fact.conversation)
            if fact.customer is not None:
                self.customers |= _customers_in(fact)

    def wants(self, conversation: str | None, customer: str | None) -> bool:
        if conversation is not None:
            return conversation in self.conversations
        return customer is None or customer in self.customers


def check_room(reads: Reads, begins: Instant, ends: Instant) -> None:
    """Counts what a period would have to hold. Raises `PeriodTooFull`."""
    _check_room(reads, _find_span(reads, begins, ends), routing.list_living_at(reads, begins))


def read_all(reads: Reads, begins: Instant, ends: Instant) -> Iterator[Chunk]:
    """A little at a time, for whoever has the snapshot to themselves. Raises `PeriodTooFull`."""
    span = _find_span(reads, begins, ends)
    yield _nothing(0.0)
    living = routing.list_living_at(reads, begins)
    yield _nothing(0.0)
    _check_room(reads, span, living)
    wanted = yield from _want_given(reads, span, living)
    done, whole = 0, max(1, span.end + span.end - span.start)
    for facts, passed in _stretches(reads, span.start, span.end, CHUNK):
        wanted.note(facts)
        done += passed
        yield Chunk((), is_period=False, read=done / whole)
    for _ in _want_merged(reads, wanted):
        yield _nothing(done / whole)
    for facts, passed in _stretches(reads, 0, span.start, SKIPPED, wanted.wants):
        done += passed
        yield Chunk(facts, is_period=False, read=done / whole)
    for facts, passed in _stretches(reads, span.start, span.end, CHUNK):
        done += passed
        yield Chunk(facts, is_period=True, read=done / whole)


def _nothing(read: float) -> Chunk:
    return Chunk((), is_period=False, read=read)


def _find_span(reads: Reads, begins: Instant, ends: Instant) -> Span:
    """Where a period lies in the journal."""
    start, end = (last_before(reads, reads.organisation, moment) for moment in (begins, ends))
    return Span(begins, ends, start, end)


def _check_room(reads: Reads, span: Span, living: Sequence[str]) -> None:
    """What was somebody's work when the period began is played as well as what arrived in it."""
    facts = span.end - span.start
    if facts > MOST_FACTS:
        raise _too_full("facts", facts, MOST_FACTS)
    opened = (ConversationOpened.kind,)
    arrived = count_kinds(reads, reads.organisation, opened, after=span.start, upto=span.end)
    if len(living) + arrived > MOST_CONVERSATIONS:
        raise _too_full("conversations", len(living) + arrived, MOST_CONVERSATIONS)


def _too_full(what: str, found: int, most: int) -> PeriodTooFull:
    detail = f"It has {found:,} {what}, and at most {most:,} are played. Choose a shorter one."
    return PeriodTooFull(detail, meta={"of": what, "found": found, "limit": most})


def _want_given(reads: Reads, span: Span, living: Sequence[str]) -> Generator[Chunk, None, _Wanted]:
    """What was somebody's work when the period began, and whose it is, as they are called today."""
    wanted = _Wanted(set(living), set())
    for given in _last_given(reads, span):
        wanted.conversations.update(given)
        yield _nothing(0.0)
    conversations = sorted(wanted.conversations)
    for first in range(0, len(conversations), CHUNK):
        found = find_conversations(reads, conversations[first : first + CHUNK])
        wanted.customers.update(str(one.customer) for one in found)
        yield _nothing(0.0)
    return wanted


def _last_given(reads: Reads, span: Span) -> Iterator[list[str]]:
    """What each agent was given or offered last before the period, for since then they have been idle."""
    left: set[str] = {agent.id for agent in list_agents(reads)}
    before = span.start + 1
    while left:
        given = read_kinds_before(reads, reads.organisation, _GIVEN, before=before, limit=SKIPPED)
        if not given:
            break
        found: list[str] = []
        for recorded in given:
            users = _given_to(recorded.event)
            if users & left and recorded.conversation is not None:
                left -= users
                found.append(recorded.conversation)
        yield found
        before = given[-1].position


def _want_merged(reads: Reads, wanted: _Wanted) -> Iterator[None]:
    """Who is wanted may have been several: from today backwards, for each is called as the last of them."""
    before = END
    while merges := read_kinds_before(reads, reads.organisation, _MERGES, before=before, limit=CHUNK):
        for recorded in merges:
            people = _customers_in(recorded)
            if people & wanted.customers:
                wanted.customers |= people
        yield
        before = merges[-1].position


def _customers_in(fact: Recorded[Event]) -> set[str]:
    event = fact.event
    if isinstance(event, CustomerMerged):
        return {event.customer, event.source, *event.carried}
    if isinstance(event, CustomerUnmerged):
        return {event.customer, event.of, *event.carried}
    return set() if fact.customer is None else {fact.customer}


def _given_to(event: Event) -> set[str]:
    if isinstance(event, WorkOffered):
        return {event.user}
    return set(event.users) - set(event.users_before) if isinstance(event, ConversationAssigned) else set()


def _stretches(
    reads: Reads, after: int, upto: int, limit: int, wants: Wants = everything
) -> Iterator[tuple[list[Recorded[Event]], int]]:
    """Facts up to a position, and how many were passed to find them."""
    while after < upto:
        facts, reached = read_stretch(
            reads, reads.organisation, after=after, upto=upto, limit=limit, wants=wants
        )
        yield facts, reached - after
        after = reached
