"""Who plays what was asked for: the facts are read here, and everything else is done in the helper process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import SECOND
from kithdesk.core.computing import Turn
from kithdesk.core.desk import Desk
from kithdesk.core.errors import BadParameter, NotFound, OutcomeUnknown, Overloaded
from kithdesk.core.jobs import Claimed, Discard, Job, JobHandler, Retry
from kithdesk.simulation.entities import Failure, Simulation
from kithdesk.simulation.facts import Fact
from kithdesk.simulation.ids import SimulationId
from kithdesk.simulation.keeping import fail, finish, note_progress
from kithdesk.simulation.queries import get_simulation
from kithdesk.simulation.reading import Span, Wanted, find_earlier, find_span, read_before, read_period
from kithdesk.simulation.scenario import read_scenario
from kithdesk.simulation.stepping import (
    Busy,
    Lost,
    begin_run,
    end_run,
    feed_run,
    start_run,
    step_run,
)
from kithdesk.simulation.timers import Play
from kithdesk.simulation.twin import played_of

T = TypeVar("T")
_FED = 200
"""Facts at a time: about a tenth of a second."""
_SAID_EVERY_SECONDS = 1.0
_LATER = 5 * SECOND


class _Stopped(Exception):
    """Nobody wants it any more."""


async def play(desk: Desk, claimed: Claimed) -> None:
    """All of it. A server that stops leaves it to be begun again."""
    job = claimed.job
    assert isinstance(job, Play)
    playing = _Playing(desk, system(claimed.organisation), job.of)
    try:
        await playing.run()
    except _Stopped:
        return
    except NotFound:
        raise Discard from None
    except BadParameter as refusal:
        failure = Failure(refusal.code, refusal.detail or refusal.title, refusal.parameter)
        await desk.run(fail, job.of, failure, by=playing.by)
    except (Busy, Lost, Overloaded, OutcomeUnknown):
        raise Retry(_LATER) from None
    finally:
        await playing.end()


class _Playing:
    """One, under way."""

    def __init__(self, desk: Desk, by: Actor, id: SimulationId) -> None:
        self.desk, self.by, self.id = desk, by, id
        self._turn = Turn(f"simulation {by.organisation}", 1)
        self._said_at = 0.0

    async def run(self) -> None:
        known: Simulation = (await self.desk.read(get_simulation, self.id, by=self.by)).value
        if known.status not in ("waiting", "running"):
            return
        await self._say(0.0)
        scenario = read_scenario(known.scenario)
        await self._do(
            begin_run,
            played_of(self.desk.wiring),
            self.by.organisation,
            known.begins_at,
            known.ends_at,
            scenario,
        )
        await self._read(await self._ask(find_span, known.begins_at, known.ends_at))
        await self._do(start_run)
        outcome: str | None = None
        while outcome is None:
            done, outcome = await self._do(step_run)
            await self._say(done)
        await self.desk.run(finish, self.id, outcome, by=self.by)

    async def _read(self, span: Span) -> None:
        wanted = Wanted()
        wanted.conversations.update(await self._ask(find_earlier, span))
        period: list[list[Fact]] = []
        after = span.start
        while facts := await self._ask(read_period, span, after):
            wanted.note(facts)
            period.append(facts)
            after = facts[-1].position
            await self._say(0.0)
        after = 0
        while after < span.start:
            facts, after = await self._ask(read_before, span, wanted, after)
            await self._feed(facts, is_period=False, read=after / span.end)
        for facts in period:
            await self._feed(facts, is_period=True, read=facts[-1].position / span.end)

    async def _feed(self, facts: list[Fact], *, is_period: bool, read: float) -> None:
        for first in range(0, len(facts), _FED):
            await self._say(await self._do(feed_run, facts[first : first + _FED], is_period, read))

    async def _say(self, done: float) -> None:
        """How far it is, once a second. Raises `_Stopped` when nobody wants it, `Retry` when the server stops."""
        if self.desk.ready == "stopping":
            raise Retry(SECOND)
        now = time.monotonic()
        if now - self._said_at < _SAID_EVERY_SECONDS:
            return
        self._said_at = now
        progress = round(done * 1_000)
        if not (await self.desk.run(note_progress, self.id, progress, by=self.by)).value:
            raise _Stopped

    async def _ask(self, query: Callable[..., T], *args: Any) -> T:
        return (await self.desk.read_long(query, *args, by=self.by)).value

    async def _do(self, work: Callable[..., T], *args: Any) -> T:
        return await self.desk.compute(work, self.id, *args, turn=self._turn)

    async def end(self) -> None:
        if self.desk.ready != "stopping":
            await self._do(end_run)


HANDLERS: dict[type[Job], JobHandler] = {Play: play}
