"""The fault test on several nodes: two of them on PostgreSQL, whose answers get lost; short, and longer."""

from __future__ import annotations

import pytest
import uvloop

from proofs.attack import Attack
from proofs.history import Acked, Fault, History
from proofs.playing import run
from proofs.rules import judge

WORST = {
    "crash_4": "crash",
    "commit_unanswered": "commit unanswered",
    "database_crashes": "database crashes",
}
"""A node dies after a commit that nobody heard of; a commit is never answered; the database itself falls over. With
their names in a history."""


@pytest.mark.parametrize(
    ("faults", "operations"),
    [(("crash_4",), 50), pytest.param(tuple(WORST), 400, marks=pytest.mark.long)],
    ids=["short", "long"],
)
def test_nothing_acknowledged_is_lost_between_nodes(faults: tuple[str, ...], operations: int) -> None:
    history = History()
    attack = Attack(30, faults, visitors=20, agents=2, operations=operations, nodes=2, has_merges=True)
    uvloop.run(run(attack, history))

    inflicted = {record.kind for record in history if isinstance(record, Fault)}
    acked = {record.id for record in history if isinstance(record, Acked)}
    assert judge(history) == []
    assert inflicted >= {WORST[fault] for fault in faults}
    assert len(acked) >= operations
