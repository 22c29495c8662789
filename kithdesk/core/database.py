"""What the desk asks of a database: commands in lanes, queries on snapshots. `sqlite` and `postgres` answer.

Both call verbs and queries as plain functions. What they may promise is the same: a command's answer comes after its
commit, and a query sees everything acknowledged before it was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from kithdesk.core import journal
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Clock, Instant
from kithdesk.core.commands import Command, Committed
from kithdesk.core.ids import Ids
from kithdesk.core.work import Reads, Wiring

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a command or a query gave. `position` covers it: subscribing after it misses and repeats nothing."""

    value: T
    position: int


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its arguments, who asks, and when."""

    query: Callable[..., Any]
    args: Sequence[Any]
    kwargs: dict[str, Any]
    by: Actor
    now: Instant
    seconds: float | None = None
    """How long a long one may take, if less than others."""

    def ask(self, reads: Reads) -> Done[Any]:
        """Asks on one snapshot, so that the answer and its position belong together."""
        if not self.by.organisation:
            return Done(self.query(reads, *self.args, **self.kwargs), 0)
        head = journal.ask_head(reads, self.by.organisation)
        return Done(self.query(reads, *self.args, **self.kwargs), journal.head_in(head))


class Database(Protocol):
    """One database, as one process holds it."""

    is_shared: bool
    """Whether other processes may write to it at the same time."""

    async def open(
        self, wiring: Wiring, clock: Clock, ids: Ids, on_commit: Callable[[Committed], None]
    ) -> None:
        """Migrates, then takes commands and questions."""

    async def close(self) -> None:
        """Runs what is queued, then lets go."""

    def submit(self, command: Command) -> None:
        """Raises `Overloaded`."""

    def submit_apart(self, command: Command) -> None:
        """For rows that other processes want too: it commits by itself, and no other command waits with it.

        Raises `Overloaded`.
        """

    async def prove(self) -> None:
        """Returns when every lane has committed something. Raises `Overloaded`, `OutcomeUnknown`."""

    async def read(self, question: Question) -> Done[Any]:
        """For queries of 2 ms or less."""

    async def read_long(self, question: Question) -> Done[Any]:
        """For the others: nobody waits behind them."""
