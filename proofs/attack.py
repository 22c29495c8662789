"""What one history is going to be, all of it chosen by its seed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from proofs.faults import CRASH_POINTS, NEEDS_NETWORK, NEEDS_SHIM, OF_A_FILE, OF_SEVERAL, left_out
from proofs.history import History
from proofs.server import default_command

SENDS_A_CHANGE = 200
USUAL = (
    *("kill", "kill", "pause", "drain", "cut_sockets", "clock_jumps", "answers_lost", "network_crawls"),
    *(f"crash_{point}" for point in CRASH_POINTS),
    *("power_cut", "power_cut", "write_fails", "disk_full", "no_space", "flush_fails", "write_torn"),
    *("freeze", "roll", "worker_killed"),
    *("database_crashes", "database_crashes", "database_cut", "commit_unanswered", "commit_unanswered"),
    *("database_deaf", "database_slow", "bus_dies", "bus_careless", "bus_deaf", "bus_lies"),
)
"""How often each happens beside the others, where it can happen at all."""


@dataclass(frozen=True)
class Attack:
    """What is going to happen, all of it chosen by the seed."""

    seed: int
    faults: tuple[str, ...]
    visitors: int = 60
    agents: int = 4
    in_flight: int = 4
    operations: int = 0
    """The faults come again and again until so many sends were answered, and a fair share of changes."""
    nodes: int = 1
    """One is on SQLite, more are on PostgreSQL."""
    has_worker: bool = False
    sends_home: bool = False
    """One agent leaves in the middle of it; must be known to be gone, and have given back what was at hand."""
    has_merges: bool = False
    """Agents merge the records of those who write and log in, and take that back."""
    is_short: bool = True
    """Nothing that takes a minute."""
    command: tuple[str, ...] = field(default_factory=lambda: tuple(default_command()))

    @property
    def snooze_seconds(self) -> tuple[float, float]:
        return (0.5, 2.0) if self.is_short else (1.0, 4.0)

    @property
    def on_small_disk(self) -> bool:
        return "disk_full" in self.faults

    @property
    def needs_shim(self) -> bool:
        return not NEEDS_SHIM.isdisjoint(self.faults)

    @property
    def needs_network(self) -> bool:
        return not NEEDS_NETWORK.isdisjoint(self.faults)

    @classmethod
    def of_seed(
        cls,
        seed: int,
        faults: Sequence[str] | None = None,
        operations: int = 0,
        nodes: Sequence[int] = (1, 2, 1, 3),
    ) -> Attack:
        """Raises `ValueError` when none of the `faults` happens to so many nodes."""
        random = Random(seed)
        missing = left_out()
        wanted = list(faults) if faults else [fault for fault in USUAL if fault not in missing]
        suitable = [number for number in nodes if any(happens_to(fault, number) for fault in wanted)]
        if not suitable:
            raise ValueError(f"none of these happens to {list(nodes)} nodes: {', '.join(wanted)}")
        number = random.choice(suitable)
        possible = [fault for fault in wanted if happens_to(fault, number)]
        chosen = tuple(random.choice(possible) for _ in range(random.randint(3, 6)))
        return cls(
            seed,
            chosen,
            visitors=60 if operations else random.choice((50, 60, 100)),
            agents=random.randint(3, 5),
            in_flight=random.randint(1, 6) if number == 1 else random.randint(4, 6),
            operations=operations,
            nodes=number,
            has_worker=number > 1 and (random.random() < 0.5 or "worker_killed" in chosen),
            sends_home=number > 1 and random.random() < 0.3,
            has_merges=random.random() < 0.5,
            is_short=False,
        )


def happens_to(fault: str, nodes: int) -> bool:
    """Whether the fault can happen to an installation of so many nodes."""
    return fault not in (OF_SEVERAL if nodes == 1 else OF_A_FILE)


def faults_of(attack: Attack, history: History) -> Iterator[str]:
    """What happens next, as long as the history has not seen enough."""
    yield from attack.faults
    for fault in itertools.cycle(attack.faults):
        if history.acked >= attack.operations and history.changed >= attack.operations // SENDS_A_CHANGE:
            return
        yield fault
