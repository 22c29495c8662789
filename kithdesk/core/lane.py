"""What every lane does, whatever the database: take commands, run them in savepoints, commit once, tell everyone.

The lane never waits for company: it takes what is queued, so that batches grow with load and shrink with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kithdesk.core.actors import Actor
from kithdesk.core.errors import Overloaded
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Work

MAX_BATCH = 256
MAX_RUN_SECONDS = 0.010
MAX_QUEUED = 10_000


@dataclass(slots=True, eq=False)
class Command:
    """A verb waiting for its turn. `settle(value, problem, facts, covers)` is called once, after the commit.

    `facts` are the command's events, numbered; `covers` is the position of the organisation that its answer shows,
    whether it stated anything itself or not.
    """

    verb: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    actor: Actor
    settle: Callable[[Any, BaseException | None, Sequence[Recorded[Event]], int], None]
    value: Any = None
    problem: BaseException | None = None
    work: Work | None = None
    facts: Sequence[Recorded[Event]] = ()
    covers: int = 0

    def reset(self) -> None:
        self.value = self.problem = self.work = None
        self.facts = ()


@dataclass(slots=True)
class Committed:
    """What one commit made true: numbered events, and when the earliest new job is due."""

    events: list[Recorded[Event]]
    job_due: int | None


class Waiting:
    """The bounded queue of a lane."""

    def __init__(self, max_batch: int = MAX_BATCH) -> None:
        self.max_batch = max_batch
        self._interactive: deque[Command] = deque()
        self._bulk: deque[Command] = deque()

    def __len__(self) -> int:
        return len(self._interactive) + len(self._bulk)

    def add(self, command: Command, *, bulk: bool) -> None:
        """Raises `Overloaded` when the lane is full."""
        if len(self) >= MAX_QUEUED:
            raise Overloaded("The server has more to write than it can take just now.", retry_after=1)
        (self._bulk if bulk else self._interactive).append(command)

    def take(self) -> list[Command]:
        """What runs next: all interactive commands up to a batch, or one bulk command when there are none."""
        if not self._interactive:
            return [self._bulk.popleft()] if self._bulk else []
        return [self._interactive.popleft() for _ in range(min(len(self._interactive), self.max_batch))]

    def give_back(self, commands: Sequence[Command]) -> None:
        self._interactive.extendleft(reversed(commands))
