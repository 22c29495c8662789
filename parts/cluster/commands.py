"""What a running cluster is told: a word, and the names of parts of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from parts.cluster.installation import Cluster
from parts.cluster.nodes import Node, Worker
from parts.program import Program


class UnknownWords(Exception):
    """A command that there is not, or that this part does not know. The message says what there is."""


class Part(Protocol):
    """What can be stopped and started by itself."""

    @property
    def is_running(self) -> bool: ...
    @property
    def pid(self) -> int: ...
    def launch(self) -> None: ...
    def wait_until_ready(self) -> None: ...
    def stop(self) -> object: ...
    def kill(self) -> None: ...


def _stop(part: Part) -> None:
    if part.is_running:
        part.stop()


def _kill(part: Part) -> None:
    if part.is_running:
        part.kill()


def _start(part: Part) -> None:
    if not part.is_running:
        part.launch()


def _freeze(part: Part) -> None:
    _program(part).freeze()


def _thaw(part: Part) -> None:
    _program(part).thaw()


_COMMANDS: dict[str, tuple[Callable[[Part], None], ...]] = {
    "stop": (_stop,),
    "kill": (_kill,),
    "start": (_start,),
    "restart": (_stop, _start),
    "freeze": (_freeze,),
    "thaw": (_thaw,),
}


def obey(cluster: Cluster, words: Sequence[str]) -> list[str]:
    """`kill node1`: does it, and answers whom it was done to; nodes and workers, where no name is given.

    Returns when what was started is ready. Raises `UnknownWords`, `DidNotStart`.
    """
    word, *names = words
    known = parts_of(cluster)
    if word not in _COMMANDS:
        raise UnknownWords(f"there is no “{word}”, but {', '.join(_COMMANDS)}")
    if missing := [name for name in names if name not in known]:
        raise UnknownWords(f"there is no {' and no '.join(missing)}, but {', '.join(known)}")
    chosen = names or [one.name for one in _our_own(cluster)]
    if word in ("freeze", "thaw"):
        for name in chosen:
            _program(known[name])
    for does in _COMMANDS[word]:
        for name in chosen:
            does(known[name])
    if word in ("start", "restart"):
        for name in chosen:
            known[name].wait_until_ready()
    return chosen


def parts_of(cluster: Cluster) -> dict[str, Part]:
    """By the names that a person uses."""
    return {
        **{one.name: one for one in _our_own(cluster)},
        "bus": cluster.bus,
        "store": cluster.objects,
        "database": cluster.postgres,
    }


def _our_own(cluster: Cluster) -> list[Node | Worker]:
    return [*cluster.nodes, *cluster.workers]


def _program(part: Part) -> Program:
    if not isinstance(part, Program):
        raise UnknownWords("the database is many processes, and cannot be frozen: stop it")
    return part
