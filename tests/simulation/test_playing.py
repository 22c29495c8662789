"""Played with nothing changed, the past ends as it did: the same to the same people, in the same order, at the same
time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kithdesk import routing
from kithdesk.app import WIRING
from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.simulation.playing import Player
from kithdesk.simulation.reading import find_span, read_all
from kithdesk.simulation.script import Script, write_script
from kithdesk.simulation.twin import Twin, played_of
from tests.routing.house import House, Street
from tests.simulation.histories import History


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    street = Street(tmp_path_factory.mktemp("simulation") / "histories.sqlite3")
    yield street
    street.close()


class Heard:
    """Who was given what."""

    def __init__(self) -> None:
        self.given: list[tuple[object, ...]] = []

    def hear(self, recorded: Recorded[Event]) -> None:
        event = recorded.event
        if isinstance(event, ConversationAssigned):
            self.given.append(
                (recorded.at, event.conversation, event.queue, tuple(event.users), event.reason.code)
            )


def play_again(house: House, begins: Instant, ends: Instant) -> tuple[Twin, Script, list[tuple[object, ...]]]:
    """Answers the twin at the end, and who was given what in it."""

    def read(reads: object) -> tuple[list[Recorded[Event]], list[Recorded[Event]]]:
        before: list[Recorded[Event]] = []
        period: list[Recorded[Event]] = []
        for facts, is_period in read_all(reads, find_span(reads, begins, ends)):  # type: ignore[arg-type]
            chunk = [fact.recorded(house.organisation) for fact in facts]
            (period if is_period else before).extend(chunk)
        return before, period

    before, period = house.read(read)
    twin = Twin(played_of(WIRING), house.organisation)
    for recorded in before:
        twin.project(recorded)
    script, heard = write_script(before, period, begins, ends), Heard()
    player = Player(twin, script, heard)
    player.begin(lambda _work: None)
    assert player.play(60)
    return twin, script, heard.given


@pytest.mark.parametrize("seed", range(12))
def test_the_past_played_again_gives_the_same_to_the_same_in_the_same_order(
    street: Street, seed: int
) -> None:
    history = History(street, seed)
    history.goes_on(history.chance.choice([0, 40, 120]))
    begins = Instant(street.clock.now() + 1)
    history.goes_on(80)
    ends = Instant(street.clock.now() + 1)

    twin, script, given = play_again(history.house, begins, ends)

    happened = Heard()
    for recorded in script.recorded:
        happened.hear(recorded)
    assert twin.troubles == []
    assert given == happened.given
    assert len(given) >= 5


def test_what_the_next_agent_did_waits_for_the_next_agent(street: Street) -> None:
    house = House(street)
    ana, ben = house.new_agent(1), house.new_agent(2)
    begins = Instant(street.clock.now() + 1)
    house.run(routing.set_status, ana, "available", by=house.someone(ana))
    conversation = house.arrives()
    street.clock.advance(seconds=60)
    house.run(routing.go_offline, ana, reason="connection_lost")
    street.clock.advance(seconds=60)
    house.run(routing.set_status, ben, "available", by=house.someone(ben))
    street.clock.advance(seconds=10)
    house.run(routing.change, conversation, {"status": "done"}, by=house.someone(ben))
    second = house.arrives()
    ends = Instant(street.clock.now() + 1)

    twin, script, given = play_again(house, begins, ends)

    happened = Heard()
    for recorded in script.recorded:
        happened.hear(recorded)
    assert given == happened.given
    assert given[-1][1] == second
    assert twin.refused == 0
