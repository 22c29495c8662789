"""Commands: verbs that wait for their turn, and what each of them hears after its commit."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from kithdesk.core.actors import Actor
from kithdesk.core.errors import Overloaded
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Work

MAX_BATCH = 256
MAX_QUEUED = 10_000

Author = tuple[OrganisationId, str | None]
"""Whose order counts: what one of them sends to one conversation stands there in the order of sending."""

Settle = Callable[[Any, BaseException | None, Sequence[Recorded[Event]], int], None]
"""Hears of a command after its commit: `settle(value, problem, facts, covers)`."""


@dataclass(slots=True, eq=False)
class Command:
    """A verb waiting for its turn. `settle` is called once, after the commit.

    `facts` are the command's events, numbered; `covers` is the position of the organisation that its answer shows,
    whether it stated anything itself or not.
    """

    verb: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    actor: Actor
    settle: Settle
    value: Any = None
    problem: BaseException | None = None
    work: Work | None = None
    facts: Sequence[Recorded[Event]] = ()
    covers: int = 0

    @property
    def author(self) -> Author:
        return self.actor.organisation, self.actor.author

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
        self._commands: deque[Command] = deque()

    def __len__(self) -> int:
        return len(self._commands)

    def add(self, command: Command) -> None:
        """Raises `Overloaded` when the lane is full."""
        if len(self) >= MAX_QUEUED:
            raise Overloaded("The server has more to write than it can take just now.", retry_after=1)
        self._commands.append(command)

    def take(self, most: int | None = None) -> list[Command]:
        """What runs next."""
        size = min(len(self._commands), self.max_batch if most is None else most)
        return [self._commands.popleft() for _ in range(size)]

    def take_for(self, organisations: Collection[OrganisationId], most: int) -> list[Command]:
        """What waits for these, in its order."""
        found: list[Command] = []
        others: deque[Command] = deque()
        for command in self._commands:
            is_theirs = len(found) < most and command.actor.organisation in organisations
            (found if is_theirs else others).append(command)
        self._commands = others
        return found

    def give_back(self, commands: Sequence[Command]) -> None:
        self._commands.extendleft(reversed(commands))

    def take_of(self, authors: set[Author]) -> list[Command]:
        """Everything of theirs, out of the queue."""
        found = [command for command in self._commands if command.author in authors]
        if found:
            self._commands = deque(command for command in self._commands if command.author not in authors)
        return found


def organisations_of(commands: Sequence[Command]) -> list[OrganisationId]:
    """Every organisation of a batch, sorted: the order in which their heads are locked."""
    return sorted({command.actor.organisation for command in commands})
