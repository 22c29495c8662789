"""`kithdesk seed load` as somebody runs it who wants to see a full installation."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.programs import kithdesk

LOAD = ("seed", "load", "--customers", "20", "--messages", "205", "--json")


def test_as_many_are_made_as_were_asked_for_and_none_twice(tmp_path: Path) -> None:
    data = tmp_path / "data"
    kithdesk("init", "--org", "Acme", "--email", "a@acme.test", "--json", "--data", data)

    first = json.loads(kithdesk(*LOAD, "--data", data).out)
    again = json.loads(kithdesk(*LOAD, "--data", data).out)
    other = json.loads(kithdesk(*LOAD, "--seed", "2", "--data", data).out)

    assert [made["messages"] for made in (first, again, other)] == [205, 0, 205]
    report = json.loads(kithdesk("replay", "--json", "--data", data).out)
    assert report["differingRows"] == 0
    assert report["rows"]["customers"] == 40
    assert report["rows"]["messages"] == 410
