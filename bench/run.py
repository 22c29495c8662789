"""One run of the bench: where it keeps its data, how long it measures, and the servers it can start."""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from bench.processes import Server, free_port, run_load
from bench.target import Installation

R = TypeVar("R", bound=msgspec.Struct)


@dataclass
class Run:
    folder: Path
    """On a real disk: what is measured is what survives a power cut."""
    command: str | None
    """The product's command, or None to measure floors only."""
    seconds: float
    rounds: int
    is_quick: bool
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def floor_server(self, *, batch: int = 256) -> Server:
        return self._bare("bench.floor_server", "--batch", str(batch), with_data=True)

    def floor_lanes(self, database_url: str) -> Server:
        return self._bare("bench.floor_lanes", "--database", database_url, with_data=False)

    def raw_server(self) -> Server:
        return self._bare("bench.raw_server", with_data=True)

    def installation(self, *, agents: int = 2) -> Installation:
        assert self.command is not None
        return Installation(self.command, self.new_folder(), agents=agents)

    def new_folder(self) -> Path:
        return self.folder / str(next(self._numbers))

    def load(self, plan: msgspec.Struct, result: type[R], *, timeout: float = 600) -> R:
        return msgspec.json.decode(run_load(msgspec.json.encode(plan), timeout=timeout), type=result)

    def in_turn(self, *measures: Callable[[], R] | None) -> list[list[R]]:
        """Every measure once a round, so that a noisy minute falls on all of them alike."""
        taken: list[list[R]] = [[] for _ in measures]
        for _ in range(self.rounds):
            for place, measure in zip(taken, measures, strict=True):
                if measure is not None:
                    place.append(measure())
        return taken

    def _bare(self, module: str, *arguments: str, with_data: bool) -> Server:
        port, folder = free_port(), self.new_folder()
        folder.mkdir()
        command = [sys.executable, "-m", module, "--port", str(port), *arguments]
        if with_data:
            command += ["--data", str(folder)]
        return Server(command, port=port, ready="/", log=folder / "server.log")


def median_of(results: Sequence[R], figure: Callable[[R], float]) -> float | None:
    return statistics.median(figure(result) for result in results) if results else None


def ratio(ours: float | None, floor: float | None) -> float | None:
    return round(ours / floor, 3) if ours is not None and floor else None


def at_least(value: float | None, aim: float) -> bool | None:
    return None if value is None else value >= aim


def at_most(value: float | None, aim: float) -> bool | None:
    return None if value is None else value <= aim


def floor_tokens(count: int) -> list[str]:
    """Names of visitors that no earlier load used; the floor asks for no more."""
    begin = time.time_ns()
    return [f"{begin + number:024x}" for number in range(count)]
