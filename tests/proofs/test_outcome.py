"""A long run keeps what it found, and goes on where it was interrupted."""

from __future__ import annotations

from pathlib import Path

from proofs.attack import Attack
from proofs.history import Acked, Changed, Fault, History, Sent
from proofs.outcome import Result, Run


def result(seed: int) -> Result:
    history = History(
        [
            Sent("visitor0", "visitor0.1", "one"),
            Sent("visitor0", "visitor0.1", "one", again=True),
            Acked("visitor0", "visitor0.1", "m1", "c1", 1, "one"),
            Changed("agent0", "agent0.k1", 2),
            Fault("kill"),
            Fault("kill"),
        ]
    )
    return Result.of(Attack(seed, ("kill",)), history, 1.26, ["nothing_is_missed: something"])


def test_a_result_counts_what_happened() -> None:
    found = result(7)

    assert (found.seed, found.seconds, found.sent, found.acked, found.changed) == (7, 1.3, 1, 1, 1)
    assert found.faults == {"kill": 2}
    assert found.findings == ["nothing_is_missed: something"]


def test_a_run_goes_on_after_its_last_history(tmp_path: Path) -> None:
    Run(first_seed=7, histories=3, operations=100, nodes=[1]).add(result(7), tmp_path)

    again = Run.load(7, tmp_path)

    assert again is not None
    assert (again.next_seed, again.is_over, again.results) == (8, False, [result(7)])
    again.add(result(8), tmp_path)
    again.add(result(9), tmp_path)
    assert again.is_over


def test_a_seed_that_nobody_ran_has_no_run(tmp_path: Path) -> None:
    assert Run.load(8, tmp_path) is None
