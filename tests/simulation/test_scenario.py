"""Scenarios that are understood, and those that say where they are wrong."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk.simulation.errors import BadScenario
from kithdesk.simulation.scenario import Scenario, read_scenario, settings_of


def test_nothing_is_no_change() -> None:
    assert read_scenario({}).is_empty
    assert read_scenario({"queues": {}, "load": {"factor": 1}}).is_empty
    assert not read_scenario({"roster": {"remove": ["u1"]}}).is_empty


def test_settings_of_a_team_are_in_the_words_of_the_api() -> None:
    scenario = read_scenario({"teams": {"": {"capacityPerAgent": 6, "capacityByPriority": {"50": 2}}}})

    change = settings_of(scenario, "")

    assert (change.capacity_per_agent, change.capacity_by_priority) == (6, {50: 2})


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ({"queue": {}}, "scenario"),
        ({"queues": {"q": {"priority": 0}}}, "scenario"),
        ({"queues": {"q": {"overflow": {"afterSeconds": 5}}}}, "scenario"),
        ({"teams": {"t": {"capacity": 3}}}, "scenario.teams.t"),
        ({"teams": {"t": {"capacityPerAgent": "many"}}}, "scenario.teams.t"),
        ({"roster": {"add": [{"count": 0}]}}, "scenario"),
        ({"roster": {"add": [{"count": 60}, {"count": 60}]}}, "scenario.roster.add"),
        ({"load": {"factor": 50}}, "scenario"),
        ({"load": {"perHour": [1, 2]}}, "scenario"),
        ({"skills": {f"u{number}": {} for number in range(201)}}, "scenario.skills"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(value: dict[str, Any], at: str) -> None:
    with pytest.raises(BadScenario) as refused:
        read_scenario(value)

    assert refused.value.parameter == at


def test_the_default_scenario_is_empty() -> None:
    assert Scenario().is_empty
