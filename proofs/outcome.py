"""What came of the histories of a run, in a file of `results/` that is small enough to keep for ever."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Self

import msgspec

from proofs.attack import Attack
from proofs.history import Acked, Changed, Fault, History, Merged, Refused, Saw, Sent, Undone

FOLDER = Path(__file__).parent / "results"


class Result(msgspec.Struct, frozen=True):
    """One history, in numbers."""

    seed: int
    nodes: int
    """One was on SQLite, more were on PostgreSQL."""
    seconds: float
    sent: int
    acked: int
    changed: int
    seen: int
    refused: int
    faults: dict[str, int]
    findings: list[str]
    merged: int = 0
    undone: int = 0

    @classmethod
    def of(cls, attack: Attack, history: History, seconds: float, findings: list[str]) -> Self:
        return cls(
            seed=attack.seed,
            nodes=attack.nodes,
            seconds=round(seconds, 1),
            sent=len({record.id for record in history if isinstance(record, Sent)}),
            acked=len({record.id for record in history if isinstance(record, Acked)}),
            changed=sum(isinstance(record, Changed) for record in history),
            seen=sum(isinstance(record, Saw) for record in history),
            refused=sum(isinstance(record, Refused) for record in history),
            faults=dict(sorted(Counter(one.kind for one in history if isinstance(one, Fault)).items())),
            findings=findings[:20],
            merged=len({one.merge for one in history if isinstance(one, Merged)}),
            undone=len({one.merge for one in history if isinstance(one, Undone)}),
        )


class Run(msgspec.Struct):
    """What `python -m proofs --histories N` has done so far; going on adds to it."""

    first_seed: int
    histories: int
    operations: int
    nodes: list[int]
    """What each seed chooses from."""
    sqlite: str = sqlite3.sqlite_version
    results: list[Result] = msgspec.field(default_factory=list)

    @property
    def next_seed(self) -> int:
        return self.first_seed + len(self.results)

    @property
    def is_over(self) -> bool:
        return len(self.results) >= self.histories

    def add(self, result: Result, folder: Path = FOLDER) -> None:
        """Notes it at once: a run that is interrupted goes on after its last history."""
        self.results.append(result)
        content = msgspec.json.format(msgspec.json.encode(self), indent=1)
        (folder / f"{self.first_seed}.json").write_bytes(content + b"\n")

    @classmethod
    def load(cls, first_seed: int, folder: Path = FOLDER) -> Self | None:
        """The run that began with this seed, if there was one."""
        path = folder / f"{first_seed}.json"
        return msgspec.json.decode(path.read_bytes(), type=cls) if path.exists() else None
