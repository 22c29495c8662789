"""The fault test in its short form: one history with the worst moments. `make prove` goes on for as long as told."""

from __future__ import annotations

import pytest
import uvloop

from proofs.attack import Attack
from proofs.history import Acked, Fault, History
from proofs.playing import run
from proofs.rules import judge

WORST = ("crash_3", "crash_4", "kill")
"""Before the commit, after it when nobody knows yet, and whenever."""


@pytest.fixture(scope="module")
def history() -> History:
    history = History()
    attack = Attack(seed=20, faults=WORST, visitors=20, agents=2, operations=200, has_merges=True)
    uvloop.run(run(attack, history))
    return history


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(history: History) -> None:
    assert judge(history) == []


def test_the_server_was_killed_while_it_had_work(history: History) -> None:
    faults = [record for record in history if isinstance(record, Fault)]
    acked = {record.id for record in history if isinstance(record, Acked)}

    assert len(faults) >= len(WORST)
    assert not [fault for fault in faults if "never reached" in fault.detail]
    assert len(acked) >= 200
