"""`Work`: what a verb is given, and all it may touch.

A verb is a plain function `verb(work, …)`. It loads what it needs by id, refuses by raising, states facts with
`publish`, and asks for later work with `enqueue`. It never awaits, commits, or reaches outside. Rows of projections
change in one place only: the projector of the published event, called at once, and again by `replay`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from kithdesk.core import jobs
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded, encode
from kithdesk.core.ids import EventId, JobId, MakesIds, OrganisationId
from kithdesk.core.jobs import Job, JobHandler, JobVerb
from kithdesk.core.sql import NOTHING, Executes, Result, Statement


class Reads(Executes, Protocol):
    """What a query is given: a snapshot, and who asks. `Work` is one too."""

    @property
    def organisation(self) -> OrganisationId: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def now(self) -> Instant: ...


class Rows(Executes, Protocol):
    """What a projector is given: rows of one organisation, and nothing to decide with."""

    @property
    def organisation(self) -> OrganisationId: ...


class Transaction(Executes, Protocol):
    """A transaction with savepoints.

    One inside another is set when something is first written in it: most reactions look at their event and leave, and
    leave nothing to take back.
    """

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """One statement without `IN` lists, once for each row."""

    def savepoint(self, name: str) -> None: ...
    def release(self, name: str) -> None: ...
    def rollback_to(self, name: str) -> None: ...


Projector = Callable[[Rows, Recorded[Any]], None]
Reaction = Callable[["Work", Recorded[Any]], None]


@dataclass(frozen=True)
class Wiring:
    """How the slices are joined; written out once, in `app.py`.

    `projectors` turn events into rows. `reactions` run in the event's own transaction, in this order. `verbs` and
    `handlers` do jobs.
    """

    projectors: Mapping[type[Event], tuple[Projector, ...]] = field(default_factory=dict)
    reactions: Mapping[type[Event], tuple[Reaction, ...]] = field(default_factory=dict)
    verbs: Mapping[type[Job], JobVerb] = field(default_factory=dict)
    handlers: Mapping[type[Job], JobHandler] = field(default_factory=dict)


class RetryReaction(Job, frozen=True):
    """A reaction that raised beside its event; tried again on its own."""

    kind = "core.retry_reaction"
    event: EventId
    reaction: str


MAX_DEPTH = 8
MAX_FIRINGS = 25


class Work:
    """One command: its transaction, its actor, its time, and what it has stated so far.

    `time` is asked once, when its time is first looked at: no other command of the organisation is under way by then.
    """

    __slots__ = (
        "_connection",
        "_ids",
        "_now",
        "_reacted",
        "_time",
        "_wiring",
        "actor",
        "late_jobs",
        "organisation",
        "published",
        "troubles",
    )

    def __init__(
        self,
        connection: Transaction,
        wiring: Wiring,
        ids: MakesIds,
        actor: Actor,
        time: Callable[[], Instant],
    ) -> None:
        self._connection = connection
        self._wiring = wiring
        self._ids = ids
        self.actor = actor
        self.organisation = actor.organisation
        self._time = time
        self._now: Instant | None = None
        self.published: list[Recorded[Event]] = []
        self.late_jobs: list[dict[str, Any]] = []
        self.troubles: list[tuple[str, Exception]] = []
        self._reacted = 0

    @property
    def now(self) -> Instant:
        if self._now is None:
            self._now = self._time()
        return self._now

    @now.setter
    def now(self, instant: Instant) -> None:
        self._now = instant

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        """Runs one statement in this command's savepoint."""
        return self._connection.execute(statement, values)

    def new_id(self) -> str:
        return self._ids.new(self.now)

    def publish(self, event: Event, *, actor: Actor | None = None) -> EventId:
        """States a fact: its projectors change the rows now, its reactions run after the verb."""
        recorded = Recorded(
            id=EventId(self._ids.new(self.now)),
            organisation=self.organisation,
            at=self.now,
            actor=actor or self.actor,
            event=event,
            encoded=encode(event),
        )
        for project in self._wiring.projectors.get(type(event), ()):
            project(self, recorded)
        self.published.append(recorded)
        return recorded.id

    def enqueue(
        self,
        job: Job,
        *,
        at: Instant | None = None,
        unique: str | None = None,
        on_conflict: Literal["keep", "replace", "move"] = "keep",
        serial: str | None = None,
    ) -> None:
        """Asks for a job, at once or at a time.

        Among waiting jobs of the organisation there is one per `unique` key: the older stays (`keep`), or takes
        the new payload and time (`replace`), or only the new time (`move`). Jobs of one `serial` key run one at a
        time, in order.
        """
        row = jobs.row(
            job,
            id=JobId(self.new_id()),
            organisation=self.organisation,
            now=self.now,
            at=at,
            unique=unique,
            serial=serial,
        )
        if unique is None:
            self.late_jobs.append(row)
        else:
            statement = {"keep": jobs.KEEP, "replace": jobs.REPLACE, "move": jobs.MOVE}[on_conflict]
            self.execute(statement, row)
            self.late_jobs.append({"run_at": row["run_at"]})  # only wakes the runner

    def cancel(self, unique: str) -> None:
        """Takes back the waiting job with this key, if there is one."""
        self.execute(jobs.CANCEL, {"organisation": self.organisation, "unique_key": unique})

    def react(self) -> None:
        """Runs the reactions of what was published since the last call, breadth first, each in its own savepoint.

        Those of what follows from one event are counted together: the rest of them are jobs.
        """
        roots = self.published[self._reacted :]
        fired = [0] * len(roots)
        todo = deque((recorded, 1, root) for root, recorded in enumerate(roots))
        while todo:
            recorded, depth, root = todo.popleft()
            for reaction in self._wiring.reactions.get(type(recorded.event), ()):
                fired[root] += 1
                if depth > MAX_DEPTH or fired[root] > MAX_FIRINGS:
                    self._postpone(recorded, reaction)
                    continue
                before = len(self.published)
                try:
                    self._run_beside(reaction, recorded)
                except Exception as problem:
                    if is_fatal(problem):
                        raise
                    self.troubles.append((name_of(reaction), problem))
                    self._postpone(recorded, reaction)
                else:
                    todo.extend((later, depth + 1, root) for later in self.published[before:])
        self._reacted = len(self.published)

    def _postpone(self, recorded: Recorded[Event], reaction: Reaction) -> None:
        self.enqueue(RetryReaction(event=recorded.id, reaction=name_of(reaction)))

    def _run_beside(self, reaction: Reaction, recorded: Recorded[Event]) -> None:
        """Runs a reaction whose failure takes back its rows, events and jobs together, and nothing else."""
        published, late = len(self.published), len(self.late_jobs)
        self._connection.savepoint("reaction")
        try:
            reaction(self, recorded)
        except BaseException:
            self._connection.rollback_to("reaction")
            del self.published[published:]
            del self.late_jobs[late:]
            raise
        self._connection.release("reaction")


def name_of(function: Callable[..., Any]) -> str:
    """`kithdesk.routing.subscribers.enter_queue`: how logs name a verb, and how a postponed reaction is found again."""
    return f"{function.__module__}.{function.__qualname__}"


def is_fatal(problem: BaseException) -> bool:
    """Whether the whole transaction is lost, not only this command."""
    return isinstance(problem, TransactionDied)


class TransactionDied(Exception):
    """The database gave up the transaction: disk full, connection lost, serialisation failure."""
