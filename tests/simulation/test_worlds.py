"""Other worlds: what is changed shows, and nothing else does."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from kithdesk import routing
from kithdesk.app import WIRING
from kithdesk.core.clock import Instant
from kithdesk.routing import SettingsChange
from kithdesk.routing.profiles import Acceptance
from kithdesk.simulation import reading
from kithdesk.simulation.errors import BadScenario, PeriodTooFull
from kithdesk.simulation.reading import read_all
from kithdesk.simulation.results import Measurement, Outcome
from kithdesk.simulation.running import Run
from kithdesk.simulation.scenario import read_scenario
from tests.routing.house import House, Street


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    street = Street(tmp_path_factory.mktemp("worlds") / "worlds.sqlite3")
    yield street
    street.close()


class Morning:
    """Two agents who take one at a time, and six customers within a minute, each served for five minutes."""

    def __init__(self, street: Street, *, acceptance: Acceptance = "auto") -> None:
        self.street, self.house = street, House(street)
        run = self.house.run
        self.ana, self.ben = (self.house.new_agent(number) for number in range(2))
        self.returns = run(routing.create_queue, "Returns", "returns", {"priority": 60})
        criteria = {"and": [{"message_body": {"contains": "return"}}]}
        run(routing.create_rule, {"name": "Returns", "criteria": criteria, "queue": self.returns})
        run(routing.declare_skill, "German", "german")
        run(routing.change_settings, SettingsChange(capacity_per_agent=1, acceptance=acceptance))
        self.begins = Instant(street.clock.now() + 1)
        for user in (self.ana, self.ben):
            run(routing.set_status, user, "available", by=self.house.someone(user))
        self.arrived = [self.house.arrives("A return" if number % 2 else "Hello") for number in range(6)]
        self._serve()
        self.ends = Instant(street.clock.now() + 1)

    def _serve(self) -> None:
        """Whoever has something accepts it after a few seconds and closes it after five minutes."""
        for _ in range(30):
            self.street.clock.advance(seconds=20)
            self.house.settle()
            for conversation in self.arrived:
                item = self.house.item(conversation)
                if item.state == "offered" and item.offered_to is not None:
                    self.house.run(routing.accept, item.id, by=self.house.someone(item.offered_to))
                elif item.state == "assigned" and self._is_old(item.accepted_at):
                    by = self.house.someone(item.users[0])
                    self.house.run(routing.change, conversation, {"status": "done"}, by=by)

    def _is_old(self, since: Instant | None) -> bool:
        return since is not None and self.street.clock.now() - since > 120_000

    def played(self, **scenario: Any) -> Outcome:
        run = Run(WIRING, self.house.organisation, self.begins, self.ends, read_scenario(scenario))

        def read(reads: Any) -> None:
            for chunk in read_all(reads, self.begins, self.ends):
                run.feed(chunk)

        with closing(run):
            self.house.read(read)
            run.start()
            while not run.step(60):
                pass
            assert run.outcome is not None
            return run.outcome

    def after(self, **scenario: Any) -> Measurement:
        outcome = self.played(**scenario)
        assert outcome.after is not None
        assert outcome.troubles == []
        return outcome.after


@pytest.fixture(scope="module")
def morning(street: Street) -> Morning:
    """Only looked at, so it is there once."""
    return Morning(street)


def served(measurement: Measurement) -> dict[str, int]:
    return {agent.name: agent.served for agent in measurement.agents if agent.served}


def test_the_morning_itself_is_given_back(morning: Morning) -> None:
    outcome = morning.played()

    assert (outcome.agreement.same, outcome.agreement.conversations) == (6, 6)
    assert outcome.after is None
    assert (outcome.before.whole.wait.longest or 0) > 200_000


def test_with_more_room_nobody_waits(morning: Morning) -> None:
    after = morning.after(teams={"": {"capacityPerAgent": 3}})

    assert after.whole.wait.longest == 0
    assert served(after) == {"Agent 0": 3, "Agent 1": 3}


def test_a_queue_that_goes_first_waits_less(morning: Morning) -> None:
    before = morning.played().before
    after = morning.after(queues={"returns": {"priority": 1}})

    def waits(measurement: Measurement) -> int:
        return next(one.wait.p90 or 0 for one in measurement.queues if one.id == morning.returns)

    assert waits(after) < waits(before)


def test_who_is_added_is_given_work_and_who_is_removed_is_not(morning: Morning) -> None:
    after = morning.after(roster={"add": [{"name": "Kim", "count": 2}], "remove": [morning.ana]})

    assert served(after)["Kim 1"] > 0
    assert "Agent 0" not in served(after)
    assert sum(one.served for one in after.agents) == 6


def test_a_newcomer_like_somebody_comes_and_goes_with_them(morning: Morning) -> None:
    after = morning.after(roster={"add": [{"name": "Kim", "like": morning.ana}]})

    times = {one.name: one.available_ms for one in after.agents}
    assert times["Kim"] == times["Agent 0"]


def test_rules_that_ask_for_a_skill_keep_work_from_those_without_it(morning: Morning) -> None:
    rules = [{"queue": "returns", "skills": {"german": 3}}]

    nobody = morning.after(rules=rules)
    ben = morning.after(rules=rules, skills={morning.ben: {"german": 5}})

    assert nobody.whole.served == 0
    assert served(ben) == {"Agent 1": ben.whole.served}
    assert ben.whole.served > 0


def test_what_overflows_is_served_elsewhere(morning: Morning) -> None:
    overflow = {"toQueue": "DEFAULT_QUEUE", "overWaiting": 1}

    after = morning.after(queues={"returns": {"overflow": overflow}})

    arrivals = {one.name: one.arrivals for one in after.queues}
    assert arrivals["Default queue"] > 3


def test_offers_that_nobody_made_then_are_accepted_after_as_long_as_it_is_said(morning: Morning) -> None:
    after = morning.after(teams={"": {"acceptance": "manual", "capacityPerAgent": 6}}, acceptSeconds=7)

    assert after.whole.served == 6
    assert after.whole.wait.p50 == 7_000


def test_who_was_asked_then_is_not_asked_where_work_is_given_at_once(street: Street) -> None:
    morning = Morning(street, acceptance="manual")

    outcome = morning.played(teams={"": {"acceptance": "auto", "capacityPerAgent": 6}})

    assert outcome.agreement.same == outcome.agreement.conversations
    assert outcome.after is not None
    assert outcome.after.whole.wait.longest == 0


def test_half_as_much_and_twice_as_much_arrives(morning: Morning) -> None:
    assert morning.after(load={"factor": 2}).whole.arrivals == 12
    assert morning.after(load={"factor": 0.1}).whole.arrivals < 4


def test_a_made_up_load_comes_by_the_hour_and_is_served_as_long_as_it_is_said(morning: Morning) -> None:
    load = {"perHour": [60] * 24, "handleSeconds": 30, "seed": 3}

    after, again = morning.after(load=load), morning.after(load=load)

    hours = (morning.ends - morning.begins) / 3_600_000
    assert after.whole.arrivals == pytest.approx(60 * hours, rel=0.6)
    assert after.whole.served > 0
    assert after.whole == again.whole


def test_a_load_drawn_from_what_came_is_like_it(morning: Morning) -> None:
    after = morning.after(load={"perHour": [60] * 24})

    assert all(one.arrivals > 0 for one in after.queues)


def test_more_than_is_played_at_once_is_not_even_read(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_CONVERSATIONS", 5)

    with pytest.raises(PeriodTooFull) as refused:
        morning.played()

    assert refused.value.meta == {"of": "conversations", "found": 6, "limit": 5}
    again = pickle.loads(pickle.dumps(refused.value))  # as it comes from the process that plays
    assert (str(again), again.meta) == (str(refused.value), refused.value.meta)


def test_a_queue_that_is_younger_than_the_period_is_called_by_its_name(street: Street) -> None:
    house = House(street)
    begins = Instant(street.clock.now() + 1)
    queue = house.run(routing.create_queue, "Returns", "returns", {"priority": 60})
    ends = Instant(street.clock.now() + 60_000)
    run = Run(WIRING, house.organisation, begins, ends, read_scenario({"queues": {queue: {"priority": 1}}}))

    for chunk in house.read(lambda reads: list(read_all(reads, begins, ends))):
        run.feed(chunk)
    run.start()

    with closing(run), pytest.raises(BadScenario, match="Returns is younger than the period"):
        run.step(60)


@pytest.mark.parametrize(
    ("scenario", "at"),
    [
        ({"queues": {"nowhere": {"priority": 3}}}, "scenario.queues.nowhere"),
        ({"teams": {"f" * 24: {"capacityPerAgent": 3}}}, f"scenario.teams.{'f' * 24}"),
        ({"skills": {"f" * 24: {"german": 1}}}, f"scenario.skills.{'f' * 24}"),
        ({"roster": {"remove": ["f" * 24]}}, "scenario.roster.remove"),
        ({"roster": {"add": [{"skills": {"nothing": 1}}]}}, "scenario.roster.add"),
        ({"rules": [{"queue": "nowhere"}]}, "scenario.rules.0"),
    ],
)
def test_what_the_past_does_not_bear_is_refused_with_its_place(
    morning: Morning, scenario: dict[str, Any], at: str
) -> None:
    with pytest.raises(BadScenario) as refused:
        morning.played(**scenario)

    assert refused.value.parameter == at
