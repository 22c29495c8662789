"""Long stretches of the journal: what is wanted of them, and where a moment lies in it."""

from __future__ import annotations

import pytest

from kithdesk.core.clock import Instant, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.events import Event, Recorded
from kithdesk.core.history import count_kinds, last_before, read_kinds_before, read_stretch
from kithdesk.core.work import Reads
from tests.core.words import BY, ORGANISATION, WordSaid, say

pytestmark = pytest.mark.anyio

KINDS = (WordSaid.kind,)


async def told(desk: Desk, *words: str) -> None:
    for word in words:
        await desk.run(say, word, by=BY)


def said(facts: list[Recorded[Event]]) -> list[str]:
    return [fact.event.word for fact in facts if isinstance(fact.event, WordSaid)]


async def test_a_stretch_ends_where_it_is_cut_or_at_its_end(desk: Desk) -> None:
    await told(desk, "a", "b", "c", "d")

    def read(reads: Reads) -> list[tuple[list[str], int]]:
        found = []
        after = 1
        while after < 4:
            facts, after = read_stretch(reads, ORGANISATION, after=after, upto=4, limit=2)
            found.append((said(facts), after))
        return found

    assert (await desk.read(read, by=BY)).value == [(["b", "c"], 3), (["d"], 4)]


async def test_what_is_not_wanted_is_passed_over(desk: Desk) -> None:
    await told(desk, "a", "b")
    asked: list[tuple[str | None, str | None]] = []

    def wants(conversation: str | None, customer: str | None) -> bool:
        asked.append((conversation, customer))
        return False

    done = await desk.read(read_stretch, ORGANISATION, after=0, upto=2, limit=9, wants=wants, by=BY)

    assert done.value == ([], 2)
    assert asked == [(None, None)] * 2


async def test_kinds_are_read_from_the_last_one_backwards_and_counted(desk: Desk) -> None:
    await told(desk, "a", "b", "c")

    def read(reads: Reads) -> tuple[list[str], int, int]:
        return (
            said(read_kinds_before(reads, ORGANISATION, KINDS, before=3, limit=9)),
            count_kinds(reads, ORGANISATION, KINDS, after=1, upto=3),
            count_kinds(reads, ORGANISATION, ("nothing",), after=0, upto=3),
        )

    assert (await desk.read(read, by=BY)).value == (["b", "a"], 2, 0)


async def test_a_moment_is_looked_for_from_the_end(desk: Desk, clock: ManualClock) -> None:
    """Clocks of servers differ, so that a later fact may be of an earlier time."""
    await told(desk, "a")
    clock.advance(minutes=2)
    await told(desk, "b")
    clock.advance(minutes=-1)
    await told(desk, "c")
    clock.advance(seconds=1)

    found = await desk.read(last_before, ORGANISATION, clock.now(), by=BY)
    nothing = await desk.read(last_before, ORGANISATION, Instant(0), by=BY)

    assert (found.value, nothing.value) == (3, 0)
