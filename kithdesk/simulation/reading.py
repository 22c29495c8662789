"""Reading the past: which facts a period needs, in two rounds. What is read is bounded by what the period touched.

the period itself ──▶ all of it, and which conversations and customers it is about
all before it     ──▶ how the organisation was set up, and what there was to those
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kithdesk import routing
from kithdesk.access import list_agents
from kithdesk.core.clock import Instant
from kithdesk.core.work import Reads
from kithdesk.simulation.errors import PeriodTooFull
from kithdesk.simulation.facts import Fact
from kithdesk.simulation.queries import last_before, read_facts, read_given

CHUNK = 500
SKIPPED = 2_000
"""Of what was before, most is of no concern, and so many are looked at in one read."""
MOST_ARRIVALS = 20_000
MOST_FACTS = 600_000
_ID = re.compile(r'"([0-9a-f]{24})"')


class Span(msgspec.Struct, frozen=True):
    """A period, and the positions of its facts: after `start`, up to `end`."""

    begins: Instant
    ends: Instant
    start: int
    end: int


class Wanted(msgspec.Struct):
    """Whom and what the period is about."""

    conversations: set[str] = msgspec.field(default_factory=set)
    customers: set[str] = msgspec.field(default_factory=set)
    arrivals: int = 0
    facts: int = 0

    def note(self, facts: list[Fact]) -> None:
        """Raises `PeriodTooFull`."""
        for fact in facts:
            if fact.conversation is not None:
                self.conversations.add(fact.conversation)
            if fact.customer is not None:
                self.customers.add(fact.customer)
                if fact.conversation is None:  # a merge names the other one
                    self.customers.update(_ID.findall(fact.payload))
            self.arrivals += fact.kind == "conversation.opened"
        self.facts += len(facts)
        if self.arrivals > MOST_ARRIVALS or self.facts > MOST_FACTS:
            raise PeriodTooFull

    def concerns(self, fact: Fact) -> bool:
        if fact.conversation is not None:
            return fact.conversation in self.conversations
        return fact.customer is None or fact.customer in self.customers


def find_span(reads: Reads, begins: Instant, ends: Instant) -> Span:
    """Where a period lies in the journal."""
    return Span(begins, ends, last_before(reads, begins), last_before(reads, ends))


def find_earlier(reads: Reads, span: Span) -> list[str]:
    """Conversations of before the period that matter in it: those that were somebody's work when it began, and what
    each agent was given last, for since then they have been idle."""
    return [*routing.list_living_at(reads, span.begins), *_last_given(reads, span)]


def _last_given(reads: Reads, span: Span) -> list[str]:
    left = {agent.id for agent in list_agents(reads)}
    found, below = [], span.start + 1
    while left:
        given = read_given(reads, below=below, limit=SKIPPED)
        if not given:
            break
        for position, conversation, users in given:
            below = position
            if users & left:
                left -= users
                found.append(conversation)
    return found


def read_period(reads: Reads, span: Span, after: int) -> list[Fact]:
    """A chunk of the period."""
    return read_facts(reads, after=after, upto=span.end, limit=CHUNK)


def read_before(reads: Reads, span: Span, wanted: Wanted, after: int) -> tuple[list[Fact], int]:
    """Of a chunk of what was before, what is wanted, and how far it went."""
    facts = read_facts(reads, after=after, upto=span.start, limit=SKIPPED)
    return [fact for fact in facts if wanted.concerns(fact)], facts[-1].position if facts else span.start


def read_all(reads: Reads, span: Span) -> Iterator[tuple[list[Fact], bool]]:
    """Everything at once, for whoever has the snapshot to themselves: chunks, and whether they are of the period.

    What was before comes first. Raises `PeriodTooFull`.
    """
    wanted = Wanted()
    wanted.conversations.update(find_earlier(reads, span))
    period: list[list[Fact]] = []
    after = span.start
    while facts := read_period(reads, span, after):
        wanted.note(facts)
        period.append(facts)
        after = facts[-1].position
    after = 0
    while after < span.start:
        facts, after = read_before(reads, span, wanted, after)
        yield facts, False
    for facts in period:
        yield facts, True
