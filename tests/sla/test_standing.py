from __future__ import annotations

from typing import Any

from kithdesk.core.clock import MINUTE, Instant
from kithdesk.sla.clocks import Clock
from kithdesk.sla.standing import Matched, Standing, left_behind, reckoned

NOON = Instant(1_780_000_000_000)
GOLD = Matched(policy="1" * 24, version="2" * 24, number=1, name="Gold", at=NOON)
TIN = Matched(policy="3" * 24, version="4" * 24, number=1, name="Tin", at=NOON)


def at(minutes: int) -> Instant:
    return Instant(NOON + minutes * MINUTE)


def clock(**more: Any) -> Clock:
    return Clock(**{"metric": "firstResponse", "state": "pending", "since": NOON, "due": at(60), **more})


def standing(*clocks: Clock, matched: Matched = GOLD, **more: Any) -> Standing:
    return Standing(matched=matched, priority=3, clocks=clocks, **more)


def test_what_was_stated_is_not_stated_again() -> None:
    first = reckoned(GOLD, [clock(warn_at=at(50))], None, priority=3, now=at(60))
    again = reckoned(GOLD, [clock(warn_at=at(50))], first.standing, priority=3, now=at(61))

    assert [one.metric for one in first.broken] == ["firstResponse"]
    assert first.warned == ()
    assert (again.broken, again.warned, again.standing) == ((), (), first.standing)


def test_a_broken_promise_stays_broken_when_its_hours_move() -> None:
    broken = reckoned(GOLD, [clock()], None, priority=3, now=at(60)).standing

    later = reckoned(GOLD, [clock(due=at(600))], broken, priority=3, now=at(61))

    assert later.standing.clocks[0].is_broken
    assert later.standing.next_at is None
    assert later.standing.due == at(60)


def test_another_wait_can_be_broken_again_and_the_first_breach_stays_the_first() -> None:
    broken = reckoned(GOLD, [clock()], None, priority=3, now=at(60)).standing

    second = reckoned(GOLD, [clock(since=at(90), due=at(150))], broken, priority=3, now=at(150))

    assert len(second.broken) == 1
    assert second.standing.breach == broken.breach


def test_a_wait_that_was_broken_stays_late_under_another_policy_and_is_not_stated_again() -> None:
    broken = reckoned(GOLD, [clock()], None, priority=3, now=at(60)).standing

    moved = reckoned(TIN, [clock(due=at(600), warn_at=at(590))], broken, priority=3, now=at(61))
    later = reckoned(TIN, [clock(due=at(600))], moved.standing, priority=3, now=at(600))

    assert (moved.broken, moved.warned, later.broken, later.warned) == ((), (), (), ())
    assert moved.standing.breach == broken.breach
    assert (moved.standing.due, moved.standing.risky_at, moved.standing.next_at) == (at(60), at(60), None)


def test_another_policy_begins_anew_with_the_next_wait_and_remembers_the_first_breach() -> None:
    broken = reckoned(GOLD, [clock()], None, priority=3, now=at(60)).standing

    moved = reckoned(TIN, [clock(since=at(70), due=at(600))], broken, priority=3, now=at(71)).standing

    assert (moved.breach, moved.first_breach_at) == (None, at(60))
    assert moved.next_at == at(600)


def test_what_is_stated_of_a_wait_under_one_policy_is_not_stated_again_when_it_ended_too_late_for_another() -> (
    None
):
    broken = reckoned(GOLD, [clock()], None, priority=3, now=at(60)).standing
    ended = clock(due=at(90), state="done", ended=at(100))

    moved = reckoned(TIN, [ended], broken, priority=3, now=at(101))

    assert (moved.broken, moved.standing.clocks[0].is_broken) == ((), True)


def test_only_what_is_promised_later_or_no_more_is_left_behind() -> None:
    had = standing(
        clock(),
        clock(metric="nextReply", due=at(50)),
        clock(metric="longestUnrespondedMessage", state="paused", due=None),
        clock(metric="totalCustomerWaitTime", due=at(5), is_broken=True),
        clock(metric="totalConversationOpenTime", state="done", ended=at(3)),
    )
    has = standing(clock(due=at(300)), clock(metric="nextReply", due=at(10)), matched=TIN)

    left = left_behind(had, has)

    assert (left.name, left.due) == ("Gold", {"firstResponse": at(60), "longestUnrespondedMessage": None})
    assert left_behind(had, None).due.keys() == {"firstResponse", "nextReply", "longestUnrespondedMessage"}


def test_what_ends_in_time_is_kept_once() -> None:
    ended = clock(state="done", ended=at(30))

    first = reckoned(GOLD, [ended], standing(clock()), priority=3, now=at(30))
    again = reckoned(GOLD, [ended], first.standing, priority=3, now=at(40))

    assert [one.metric for one in first.kept] == ["firstResponse"]
    assert first.standing.satisfied_at == at(30)
    assert again.kept == ()


def test_what_ends_too_late_is_broken_and_not_kept() -> None:
    found = reckoned(GOLD, [clock(state="done", ended=at(61))], standing(clock()), priority=3, now=at(61))

    assert (len(found.broken), found.kept, found.standing.satisfied_at) == (1, (), None)


def test_the_next_moment_is_the_soonest_of_warnings_and_targets_that_run() -> None:
    found = standing(
        clock(warn_at=at(50), is_warned=True),
        clock(metric="nextReply", due=at(90), warn_at=at(55)),
        clock(metric="totalCustomerWaitTime", state="paused", due=at(5)),
        clock(metric="totalConversationOpenTime", due=at(1), is_broken=True),
    )

    assert found.next_at == at(55)
    assert found.due == at(1)
    assert found.state == "pending"
