"""The procedure, on a floor in memory."""

from __future__ import annotations

from dataclasses import replace

from kithdesk.calendar import ALWAYS
from kithdesk.calendar.opening import OpeningTimes
from kithdesk.calendar.rules import CLOSED, Rules
from kithdesk.conversations.events import Reason
from kithdesk.core.clock import Instant
from kithdesk.routing import reasons
from kithdesk.routing.choosing import Agent, Decision, Traits, Waiting
from kithdesk.routing.serving import place
from tests.routing.memory_floor import MemoryFloor

NEVER = replace(ALWAYS, times=OpeningTimes(Rules(timezone="UTC", week=(CLOSED,) * 7)))


def test_what_has_to_stand_back_for_an_older_one_goes_to_the_second_best() -> None:
    floor = MemoryFloor()
    skilled = Traits(queue="returns", skills=(("refunds", 1),))
    floor.agents = {
        "ana": Agent("ana", 1, 0, Instant(0), skills={"refunds": 1}),
        "ben": Agent("ben", 2, 1, Instant(0)),
    }
    floor.queued["older"] = Waiting("older", "c1", skilled, Instant(1))

    floor.arrives(Waiting("newer", "c2", Traits(queue="returns"), Instant(2)))

    assert {item: hands.user for item, (_, hands) in floor.in_hand.items()} == {
        "older": "ana",
        "newer": "ben",
    }


class Listening(MemoryFloor):
    """It remembers why things waited."""

    def wait(self, item: Waiting, reason: Reason, decision: Decision | None) -> None:
        self.said = reason.code
        super().wait(item, reason, decision)


def test_what_waits_says_that_its_queue_is_closed_unless_there_is_more_to_say() -> None:
    floor = Listening(schedules={"q": NEVER})
    floor.is_available(Agent("ana", 4, 0, Instant(0)))

    floor.arrives(Waiting("i1", "c1", Traits(queue="q"), Instant(0)))
    as_it_came = floor.said
    place(floor, Waiting("i2", "c2", Traits(queue="q"), Instant(0)), otherwise=reasons.AGENT_OFFLINE)

    assert (as_it_came, floor.said) == ("closed", "agent_offline")
    assert [decision for decision in floor.decisions if decision.chosen] == []
