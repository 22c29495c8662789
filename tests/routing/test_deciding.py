"""What a decision says beside whom it names: that a queue is closed, a language was dropped, who preferred whom."""

from __future__ import annotations

from kithdesk.core.clock import Instant
from kithdesk.routing.choosing import Crowd, Traits, Waiting, pick_agent
from tests.routing.test_choosing import agent, item


def test_nothing_is_given_out_of_a_closed_queue_and_the_decision_says_until_when() -> None:
    free = [agent("ana"), agent("ben")]

    closed = pick_agent(item(), Crowd(free, is_open=False, opens_at=Instant(9_000)))
    never = pick_agent(item(), Crowd(free, is_open=False))

    assert (closed.because, closed.chosen, closed.opens_at, closed.others) == ("closed", None, 9_000, {})
    assert (never.because, never.opens_at) == ("closed", None)


def test_a_language_is_held_out_for_and_then_dropped_and_the_decision_says_so() -> None:
    waits = Waiting("item", "c", Traits(queue="q", language="lang:de"), Instant(0), language="lang:de")
    crowd = Crowd([agent("ana")])

    holding = pick_agent(waits, crowd)
    dropped = pick_agent(waits.in_any_language(), crowd)
    spoken = pick_agent(waits, Crowd([agent("ben", skills={"lang:de": 1})]))

    assert (holding.chosen, holding.others, holding.language_dropped) == (None, {"lacks_skill": 1}, None)
    assert dropped.chosen is not None
    assert (dropped.chosen.user, dropped.language_dropped) == ("ana", "lang:de")
    assert spoken.chosen is not None
    assert (spoken.chosen.user, spoken.language_dropped) == ("ben", None)


def test_a_decision_says_by_whom_somebody_was_preferred() -> None:
    wished = Waiting("item", "c", Traits(queue="q"), Instant(0), preferred="ana", preferred_as="by_hand")

    first = pick_agent(wished, Crowd([agent("ana", 4, 3), agent("ben")]))
    another = pick_agent(wished, Crowd([agent("ben")]))

    assert (first.because, first.preferred_as) == ("preferred", "by_hand")
    assert (another.because, another.preferred_as) == ("only_one", None)
