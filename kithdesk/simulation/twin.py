"""A twin of the organisation in memory: the same tables, projectors, reactions and timers, on a clock that is told.

There is no second router. What the past says is projected as `replay` does it; what is played runs as the lane runs it,
with the reactions of routing and of what is promised. Nothing leaves the twin, and it goes when it is closed.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, delete, insert, select, update

from kithdesk.core import jobs, migrate
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant
from kithdesk.core.errors import Refusal
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.jobs import Job
from kithdesk.core.replay import Rebuilding
from kithdesk.core.sqlite import SqliteTransaction
from kithdesk.core.work import Reads, Wiring, Work

T = TypeVar("T")
PROJECTED = frozenset({"attributes", "access", "calendar", "customers", "conversations", "routing", "sla"})
"""Whose rows somebody asks who decides. Lists, search and timelines are for people to look at."""
PLAYED = frozenset({"routing", "sla"})
"""Whose reactions and timers run. What others did then is in the journal, and comes from there."""

_ALIKE: Any = jobs.jobs.c.status == "waiting"
_DUE = (
    select(jobs.jobs.c.id, jobs.jobs.c.run_at, jobs.jobs.c.kind, jobs.jobs.c.payload)
    .where(_ALIKE, jobs.jobs.c.run_at <= bindparam("by"))
    .order_by(jobs.jobs.c.run_at, jobs.jobs.c.id)
    .limit(1)
)
_TAKE = delete(jobs.jobs).where(jobs.jobs.c.id == bindparam("job"))
_PUT_OFF = update(jobs.jobs).where(jobs.jobs.c.id == bindparam("job")).values(run_at=bindparam("later"))
_INSERT = insert(jobs.jobs)


class Due(NamedTuple):
    """A timer that goes off."""

    id: str
    at: Instant
    job: Job


class _Ids(Ids):
    """What the past has named keeps its name, for names decide between equals."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.given: deque[str] = deque()

    def new(self, now: Instant) -> str:
        return self.given.popleft() if self.given else super().new(now)


def played_of(wiring: Wiring) -> Wiring:
    """What of the composition runs in a twin."""
    return Wiring(
        projectors={
            kind: tuple(one for one in found if _slice_of(one) in PROJECTED)
            for kind, found in wiring.projectors.items()
        },
        reactions={
            kind: tuple(one for one in found if _slice_of(one) in PLAYED and kind.kind not in _NOT_AGAIN)
            for kind, found in wiring.reactions.items()
        },
        verbs={kind: verb for kind, verb in wiring.verbs.items() if _slice_of(verb) in PLAYED},
    )


_NOT_AGAIN = frozenset({"organisation.created"})
"""What follows it is in the journal: an organisation has its first queue once."""


def _slice_of(function: Callable[..., Any]) -> str:
    return function.__module__.split(".")[1]


class Twin:
    """One organisation, once more."""

    def __init__(
        self,
        wiring: Wiring,
        organisation: OrganisationId,
        *,
        connection: sqlite3.Connection | None = None,
        seed: int = 1,
    ) -> None:
        self.organisation = organisation
        self.troubles: list[str] = []
        """What broke, by the name of what it broke."""
        self.refused = 0
        """What could not be done in this world, for something is different in it."""
        self._wiring = wiring
        self._ids = _Ids(seed)
        self._connection = connection or _empty_database()
        self._transaction = SqliteTransaction(self._connection)
        self._rows = Rebuilding(self._connection, organisation)
        self._connection.execute("BEGIN")

    def copied(self) -> Twin:
        """Another with the same rows."""
        connection = _in_memory()
        self._connection.execute("COMMIT")
        self._connection.backup(connection)
        self._connection.execute("BEGIN")
        return Twin(self._wiring, self.organisation, connection=connection)

    def close(self) -> None:
        self._connection.close()

    def project(self, recorded: Recorded[Event]) -> None:
        """Something of the past, which needs nobody to react. What lacks its own past, for it is of no concern here,
        leaves no trace."""
        self._transaction.savepoint("fact")
        try:
            for project in self._wiring.projectors.get(type(recorded.event), ()):
                project(self._rows, recorded)
        except Exception as problem:  # noqa: BLE001 - counted, and told with the result
            self._transaction.rollback_to("fact")
            self.troubles.append(f"{recorded.event.kind}: {problem!r}")
        else:
            self._transaction.release("fact")

    def run(
        self, verb: Callable[..., Any], *args: Any, by: Actor, at: Instant, **kwargs: Any
    ) -> list[Recorded[Event]]:
        """One command, and what it stated. One that is refused states nothing."""
        try:
            return self.insist(verb, *args, by=by, at=at, **kwargs)[1]
        except Refusal:
            self.refused += 1
        except Exception as problem:  # noqa: BLE001 - counted, and told with the result
            self.troubles.append(f"{getattr(verb, '__name__', 'verb')}: {problem!r}")
        return []

    def insist(
        self, verb: Callable[..., T], *args: Any, by: Actor, at: Instant, **kwargs: Any
    ) -> tuple[T, list[Recorded[Event]]]:
        """One command, its answer, and what it stated. Raises what it raises."""
        work = Work(self._transaction, self._wiring, self._ids, by, lambda: at)
        self._transaction.savepoint("command")
        try:
            value = verb(work, *args, **kwargs)
            work.react()
        except BaseException:
            self._ids.given.clear()
            self._transaction.rollback_to("command")
            raise
        self._transaction.release("command")
        self.troubles += [f"{name}: {problem!r}" for name, problem in work.troubles]
        late = [row for row in work.late_jobs if "id" in row]
        if late:
            self._transaction.execute_many(_INSERT, late)
        return value, work.published

    def state(self, work: Work, recorded: Recorded[Event]) -> None:
        """What the past says, under its own name, inside a command."""
        self._ids.given.append(recorded.id)
        work.publish(recorded.event, actor=recorded.actor)

    def due(self, by: Instant) -> Due | None:
        """The timer that goes off first, if one does by then. What is no timer of ours is thrown away."""
        while True:
            row = self._transaction.execute(_DUE, {"by": by}).first()
            if row is None:
                return None
            try:
                job = jobs.decode(row.kind, row.payload)
            except KeyError:
                job = None
            if job is not None and type(job) in self._wiring.verbs:
                return Due(row.id, Instant(row.run_at), job)
            self._transaction.execute(_TAKE, {"job": row.id})

    def ring(self, due: Due, at: Instant) -> list[Recorded[Event]]:
        self._transaction.execute(_TAKE, {"job": due.id})
        return self.run(self._wiring.verbs[type(due.job)], due.job, by=system(self.organisation), at=at)

    def put_off(self, due: Due, until: Instant) -> None:
        self._transaction.execute(_PUT_OFF, {"job": due.id, "later": until})

    def reads(self, at: Instant) -> Reads:
        """For a query about how it stands."""
        return Work(self._transaction, self._wiring, self._ids, system(self.organisation), lambda: at)


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, cached_statements=512)


def _empty_database() -> sqlite3.Connection:
    connection = _in_memory()
    with TemporaryDirectory(prefix="kithdesk-twin-") as folder:
        path = Path(folder) / "empty.sqlite3"
        migrate.create(path)
        with closing(sqlite3.connect(path)) as made:
            made.backup(connection)
    return connection
