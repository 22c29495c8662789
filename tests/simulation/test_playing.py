"""Played with nothing changed, the past ends as it did: the same to the same people, in the same order, at the same
time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.util import greenlet_spawn

from kithdesk import access, routing
from kithdesk.app import WIRING
from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.postgres.connections import connect
from kithdesk.core.work import Reads
from kithdesk.routing import SettingsChange
from kithdesk.simulation import reading
from kithdesk.simulation.playing import Player
from kithdesk.simulation.reading import read_all
from kithdesk.simulation.script import Script, write_script
from kithdesk.simulation.twin import Twin, played_of
from tests.databases import empty
from tests.routing.house import House, PostgresStreet, Street
from tests.simulation.hard_days import HardDay
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
    player, heard = a_player(house, begins, ends)
    assert player.play(60)
    return player.twin, player.script, heard.given


def a_player(house: House, begins: Instant, ends: Instant) -> tuple[Player, Heard]:
    """One who has not played yet."""

    def read(reads: Reads) -> tuple[list[Recorded[Event]], list[Recorded[Event]]]:
        before: list[Recorded[Event]] = []
        period: list[Recorded[Event]] = []
        for chunk in read_all(reads, begins, ends):
            (period if chunk.is_period else before).extend(chunk.facts)
        return before, period

    before, period = house.read(read)
    twin = Twin(played_of(WIRING), house.organisation)
    for recorded in before:
        twin.project(recorded)
    script, heard = write_script(before, period, begins, ends), Heard()
    player = Player(twin, script, heard)
    player.begin(lambda _work: None)
    return player, heard


def goes_as_it_went(history: History, moves: int) -> None:
    """Something happens, the period begins, and more happens: played again, that ends in the same way."""
    clock = history.house.street.clock
    history.goes_on(history.chance.choice([0, 40, 120]))
    begins = Instant(clock.now() + 1)
    history.goes_on(moves)
    ends = Instant(clock.now() + 1)

    twin, script, given = play_again(history.house, begins, ends)

    happened = Heard()
    for recorded in script.recorded:
        happened.hear(recorded)
    assert twin.troubles == []
    assert given == happened.given
    assert len(given) >= 5


@pytest.mark.parametrize("seed", range(12))
def test_the_past_played_again_gives_the_same_to_the_same_in_the_same_order(
    street: Street, seed: int
) -> None:
    goes_as_it_went(History(street, seed), 80)


@pytest.mark.parametrize("seed", range(100, 112))
def test_a_day_on_which_everything_goes_wrong_goes_wrong_in_the_same_way(street: Street, seed: int) -> None:
    goes_as_it_went(HardDay(street, seed), 120)


def test_it_does_so_out_of_the_journal_of_postgresql_too(postgres: str) -> None:
    empty(postgres)

    async def on_postgres() -> None:
        connection = await connect(postgres, name="simulation")
        try:
            await greenlet_spawn(live_hard_days, connection)
        finally:
            await connection.close()

    asyncio.run(on_postgres())


def live_hard_days(connection: Any) -> None:
    street = PostgresStreet(connection)
    for seed in (200, 201):
        goes_as_it_went(HardDay(street, seed), 120)
    street.close()


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


def test_what_was_put_into_a_queue_for_a_team_that_serves_none_is_put_there_again(street: Street) -> None:
    house = House(street)
    ana, billing = house.new_agent(1), house.run(routing.create_queue, "Billing", "billing", {})
    lawyers = house.run(access.create_team, "Lawyers", members=[ana])
    begins = Instant(street.clock.now() + 1)
    conversation = house.arrives()
    house.run(routing.change, conversation, {"assignedTeams": [lawyers.id], "queue": billing})
    house.run(routing.set_status, ana, "available", by=house.someone(ana))
    ends = Instant(street.clock.now() + 1)

    twin, script, given = play_again(house, begins, ends)

    happened = Heard()
    for recorded in script.recorded:
        happened.hear(recorded)
    assert given == happened.given
    assert (billing, (), "handed_off") in [(queue, users, code) for _, _, queue, users, code in given]
    assert twin.refused == 0


def test_what_was_handed_to_a_team_is_handed_to_it_again(street: Street) -> None:
    house = House(street)
    ana, billing = house.new_agent(1), house.run(routing.create_queue, "Billing", "billing", {})
    experts = house.run(access.create_team, "Experts", members=[ana])
    house.run(routing.change_settings, SettingsChange(enabled=True, queues=(billing,)), team=experts.id)
    begins = Instant(street.clock.now() + 1)
    conversation = house.arrives()
    house.run(routing.transfer, conversation, reason="They know", team=experts.id)
    ends = Instant(street.clock.now() + 1)

    twin, _, given = play_again(house, begins, ends)

    assert [(queue, code) for _, _, queue, _, code in given][-1] == (billing, "handed_to_team")
    assert twin.refused == 0


def test_hours_in_which_nothing_came_are_no_part_of_what_is_done(street: Street) -> None:
    house = House(street)
    ana = house.new_agent(1)
    begins = Instant(street.clock.now() + 1)
    street.clock.advance(hours=20)
    house.run(routing.set_status, ana, "available", by=house.someone(ana))
    for _ in range(3):
        conversation = house.arrives()
        street.clock.advance(seconds=10)
        house.run(routing.change, conversation, {"status": "done"}, by=house.someone(ana))
    player, _ = a_player(house, begins, Instant(street.clock.now() + 1))

    seen = [player.done]
    while not player.play(0.000_001):
        seen.append(player.done)

    assert seen[0] == 0
    assert seen == sorted(seen)
    assert any(0 < done <= 0.5 for done in seen)
    assert player.done == 1


class Counting:
    """Counts what is asked."""

    def __init__(self, reads: Reads) -> None:
        self._reads, self.asked = reads, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reads, name)

    def execute(self, *args: Any) -> Any:
        self.asked += 1
        return self._reads.execute(*args)


def test_however_long_the_past_is_reading_it_can_be_stopped_after_a_few_questions(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was never given anything is looked for back to the beginning."""
    monkeypatch.setattr(reading, "CHUNK", 1)
    monkeypatch.setattr(reading, "SKIPPED", 1)
    house = House(street)
    ana, _ = house.new_agent(1), house.new_agent(2)
    house.run(routing.set_status, ana, "available", by=house.someone(ana))
    for _ in range(10):
        conversation = house.arrives()
        house.run(routing.change, conversation, {"status": "done"}, by=house.someone(ana))
    street.clock.advance(seconds=60)

    def most_at_once(reads: Reads) -> int:
        counting = Counting(reads)
        most = before = 0
        for _ in read_all(counting, street.clock.now(), street.clock.in_(seconds=1)):
            most, before = max(most, counting.asked - before), counting.asked
        return most

    assert house.read(most_at_once) <= 5
