"""The fault test on several nodes in its short form: two of them on PostgreSQL, whose answers get lost."""

from __future__ import annotations

import pytest
import uvloop

from proofs.attack import Attack, run
from proofs.history import Acked, Fault, History
from proofs.rules import judge

WORST = ("crash_4", "commit_unanswered", "database_crashes")
"""A node dies after a commit that nobody heard of; a commit is never answered; the database itself falls over."""


@pytest.fixture(scope="module")
def history() -> History:
    history = History()
    attack = Attack(seed=30, faults=WORST, visitors=50, agents=2, in_flight=4, operations=200, nodes=2)
    uvloop.run(run(attack, history))
    return history


def test_nothing_acknowledged_is_lost_between_nodes(history: History) -> None:
    assert judge(history) == []


def test_the_nodes_had_work_when_the_faults_came(history: History) -> None:
    faults = {record.kind for record in history if isinstance(record, Fault)}
    acked = {record.id for record in history if isinstance(record, Acked)}

    assert faults >= {"crash", "commit unanswered", "database crashes"}
    assert len(acked) >= 200
