"""`kithdesk seed load` as somebody runs it who wants to see a full installation."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.programs import called

LOAD = ("seed", "load", "--customers", "20", "--messages", "205", "--json")


def test_as_many_are_made_as_were_asked_for_and_none_twice(tmp_path: Path) -> None:
    data = tmp_path / "data"
    called("init", "--org", "Acme", "--email", "a@acme.test", "--json", "--data", data)

    first = json.loads(called(*LOAD, "--data", data).out)
    again = json.loads(called(*LOAD, "--data", data).out)
    other = json.loads(called(*LOAD, "--seed", "2", "--data", data).out)

    assert [made["messages"] for made in (first, again, other)] == [205, 0, 205]
    report = json.loads(called("replay", "--json", "--data", data).out)
    assert report["differingRows"] == 0
    assert report["rows"]["customers"] == 40
    assert report["rows"]["messages"] == 410
