"""`kithdesk simulate` as an operator runs it, beside a server or without one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kithdesk.core.clock import DAY, Instant, SystemClock, iso
from tests.commands.programs import called


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulate") / "data"
    called("init", "--org", "Acme", "--email", "a@acme.test", "--json", "--data", folder)
    return folder


def simulated(data: Path, *more: str | Path, days: float = 1) -> tuple[int, str, str]:
    now = SystemClock().now()
    period = ("--from", iso(Instant(now - round(days * DAY))), "--to", iso(now))
    ended = called("simulate", *period, "--data", data, *more)
    return ended.code, ended.out, ended.err


def test_a_period_is_played_and_told_as_json(data: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.json"
    scenario.write_text(json.dumps({"roster": {"add": [{"name": "Kim"}]}, "load": {"factor": 2}}))

    code, out, _ = simulated(data, "--scenario", scenario, "--json")

    outcome = json.loads(out)
    assert code == 0
    assert outcome["agreement"] == {"conversations": 0, "same": 0}
    assert [queue["name"] for queue in outcome["after"]["queues"]] == ["Default queue"]


def test_a_period_in_which_nobody_wrote_is_said_to_be_one(data: Path) -> None:
    code, out, _ = simulated(data)

    assert code == 0
    assert out.startswith("Nothing arrived in this period, so there is nothing to play.\n")


def test_people_are_told_the_answer_in_a_sentence_before_the_numbers(data: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "made_up.json"
    scenario.write_text(json.dumps({"load": {"perHour": [3] * 24, "handleSeconds": 60}}))

    code, out, _ = simulated(data, "--scenario", scenario)

    first, *rest = out.splitlines()
    assert code == 0
    assert re.fullmatch(r"\d+ more arrive\.", first)
    assert any(line.startswith("All queues") for line in rest)
    assert any("occupancy" in line for line in rest)


def test_what_cannot_be_is_said_in_a_sentence(data: Path, tmp_path: Path) -> None:
    wrong, nonsense = tmp_path / "wrong.json", tmp_path / "nonsense.json"
    wrong.write_text('{"queues": {"nowhere": {"priority": 1}}}')
    nonsense.write_text("[1")

    assert simulated(data, days=40)[2] == "kithdesk: this period cannot be played. At most 31 days.\n"
    assert simulated(data, "--scenario", wrong)[2] == (
        "kithdesk: There was no queue nowhere. (scenario.queues.nowhere)\n"
    )
    assert "cannot be read" in simulated(data, "--scenario", nonsense)[2]
    assert "is a time such as" in called("simulate", "--from", "x", "--to", "y", "--data", data).err
    assert simulated(data, "--org", "Nobody")[::2] == (1, "kithdesk: there is no organisation Nobody\n")
