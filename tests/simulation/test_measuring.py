"""Waits, promises and occupancy, added up from facts that go by."""

from __future__ import annotations

import pytest

from kithdesk.conversations.events import (
    Change,
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
    Reason,
)
from kithdesk.core.actors import system
from kithdesk.core.clock import DAY, HOUR, MINUTE, Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import EventId, OrganisationId
from kithdesk.routing.events import AgentStatusChanged
from kithdesk.simulation.measuring import BUCKETS, Meter, bucket_size
from kithdesk.simulation.results import Measurement

BEGINS = Instant(1_780_000_000_000)
ENDS = Instant(BEGINS + HOUR)


class Day:
    """An hour in which things happen, by minutes."""

    def __init__(self) -> None:
        self.meter = Meter(BEGINS, ENDS)

    def at(self, minute: float, event: Event) -> None:
        at = Instant(BEGINS + round(minute * MINUTE))
        organisation = OrganisationId("o")
        self.meter.hear(Recorded(EventId(f"{minute}"), organisation, at, system(organisation), event))

    def opens(self, minute: float, conversation: str) -> None:
        self.at(
            minute,
            ConversationOpened(conversation=conversation, customer="c", channel="chat", direction="in"),
        )

    def goes(
        self,
        minute: float,
        conversation: str,
        queue: str,
        users: list[str],
        *,
        before: list[str] | None = None,
        came_from: str | None = None,
    ) -> None:
        self.at(
            minute,
            ConversationAssigned(
                conversation=conversation,
                customer="c",
                queue=queue,
                users=users,
                teams=[],
                users_before=before or [],
                teams_before=[],
                queue_before=came_from,
                reason=Reason("x", "x"),
            ),
        )

    def says(self, minute: float, user: str, status: str) -> None:
        self.at(minute, AgentStatusChanged(user=user, status=status, before="offline"))  # type: ignore[arg-type]

    def measured(self) -> Measurement:
        return self.meter.measured({"q": "Orders", "r": "Returns"}, {"ana": "Ana"})


def test_a_wait_lasts_from_the_queue_to_the_agent() -> None:
    day = Day()
    for number, minutes in enumerate((0, 1, 2, 10)):
        day.opens(1, f"c{number}")
        day.goes(1, f"c{number}", "q", [])
        day.goes(1 + minutes, f"c{number}", "q", ["ana"], came_from="q")

    wait = day.measured().whole.wait

    assert (wait.p50, wait.p90, wait.longest) == (1 * MINUTE, 10 * MINUTE, 10 * MINUTE)


def test_what_overflows_waits_on_and_counts_to_where_it_is_served() -> None:
    day = Day()
    day.goes(0, "c", "q", [])
    day.goes(10, "c", "r", [], came_from="q")
    day.goes(15, "c", "r", ["ana"], came_from="r")

    orders, returns = day.measured().queues

    assert (orders.arrivals, orders.served, returns.arrivals, returns.served) == (1, 0, 1, 1)
    assert returns.wait.longest == 15 * MINUTE
    assert sum(orders.series.waiting) * 5 == pytest.approx(10)
    assert sum(returns.series.waiting) * 5 == pytest.approx(5)
    assert day.meter is not None


def test_who_leaves_the_queue_gave_up_and_who_is_in_it_at_the_end_still_waits() -> None:
    day = Day()
    day.goes(0, "left", "q", [])
    day.at(5, ConversationEnded(conversation="left", customer="c"))
    day.goes(50, "stays", "q", [])

    orders = day.measured().queues[0]

    assert (orders.gave_up, orders.still_waiting, orders.served) == (1, 1, 0)
    assert orders.wait.p50 is None


def test_what_was_before_the_period_stands_and_is_not_counted() -> None:
    day = Day()
    day.goes(-30, "waits", "q", [])
    day.goes(-30, "done", "q", ["ana"])
    day.says(-60, "ana", "available")
    day.meter.begin()
    day.goes(10, "waits", "q", ["ana"], came_from="q")

    measured = day.measured()

    assert (measured.whole.arrivals, measured.whole.served) == (0, 1)
    assert measured.whole.wait.longest == 40 * MINUTE
    assert measured.agents[0].available_ms == HOUR


def test_occupancy_is_what_was_taken_of_what_could_be_while_they_were_available() -> None:
    day = Day()
    day.says(0, "ana", "available")
    day.meter.stands("ana", 1, 4, BEGINS)
    day.meter.stands("ana", 3, 4, Instant(BEGINS + 15 * MINUTE))
    day.says(30, "ana", "busy")

    ana = day.measured().agents[0]

    assert (ana.name, ana.available_ms, ana.occupancy) == ("Ana", HOUR // 2, 0.5)
    assert ana.busy[0] == 0.25
    assert ana.busy[-1] is None


def test_what_comes_back_after_it_was_done_arrives_anew() -> None:
    day = Day()
    day.goes(0, "c", "q", ["ana"])
    day.at(5, ConversationUpdated(conversation="c", customer="c", changes={"status": Change("open", "done")}))
    day.goes(20, "c", "q", [], before=["ana"], came_from="q")

    assert day.measured().queues[0].arrivals == 2


@pytest.mark.parametrize("days", [0.01, 0.5, 1, 7, 31])
def test_a_period_has_as_many_buckets_as_can_be_drawn(days: float) -> None:
    assert days * DAY / bucket_size(int(days * DAY)) <= BUCKETS
