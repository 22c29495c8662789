"""The procedure, on a floor in memory."""

from __future__ import annotations

from kithdesk.core.clock import Instant
from kithdesk.routing.choosing import Agent, Traits, Waiting
from kithdesk.routing.memory_floor import MemoryFloor


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
