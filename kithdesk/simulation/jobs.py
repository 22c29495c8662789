"""Who plays what was asked for: a process of its own reads and plays; from here it is begun, watched and ended."""

from __future__ import annotations

import time

from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import SECOND
from kithdesk.core.desk import Desk, where
from kithdesk.core.errors import BadParameter, NotFound, OutcomeUnknown, Overloaded
from kithdesk.core.jobs import Claimed, Discard, Job, JobHandler, JobVerb, Retry
from kithdesk.core.migrate import Unreachable
from kithdesk.simulation.entities import Failure, Simulation
from kithdesk.simulation.ids import SimulationId
from kithdesk.simulation.keeping import fail, finish, forget, note_progress
from kithdesk.simulation.queries import get_simulation
from kithdesk.simulation.scenario import read_scenario
from kithdesk.simulation.stepping import begin_playing, go_on
from kithdesk.simulation.timers import Forget, Play
from kithdesk.simulation.twin import played_of

_SAID_EVERY_SECONDS = 1.0
_LATER = 5 * SECOND


class _Stopped(Exception):
    """Nobody wants it any more."""


async def play(desk: Desk, claimed: Claimed) -> None:
    """All of it. A server that stops leaves it to be begun again, and what passes by itself is waited for.

    A process that is lost has its tries: one that ends for want of memory would do so for ever.
    """
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
        detail = refusal.detail or refusal.title
        failure = Failure(refusal.code, detail, refusal.parameter, refusal.meta)
        await desk.run(fail, job.of, failure, by=playing.by)
    except (Unreachable, Overloaded, OutcomeUnknown):
        raise Retry(_LATER) from None


class _Playing:
    """One, under way."""

    def __init__(self, desk: Desk, by: Actor, id: SimulationId) -> None:
        self.desk, self.by, self.id = desk, by, id
        self._said_at = 0.0

    async def run(self) -> None:
        known: Simulation = (await self.desk.read(get_simulation, self.id, by=self.by)).value
        if known.status not in ("waiting", "running"):
            return
        await self._say(0.0)
        outcome = await self._play(known)
        await self.desk.run(finish, self.id, outcome, by=self.by)

    async def _play(self, known: Simulation) -> str:
        async with self.desk.apart.process() as process:
            await process.run(
                begin_playing,
                where(self.desk.settings),
                played_of(self.desk.wiring),
                self.by.organisation,
                known.begins_at,
                known.ends_at,
                read_scenario(known.scenario),
            )
            while True:
                done, outcome = await process.run(go_on)
                if outcome is not None:
                    return outcome
                await self._say(done)

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


VERBS: dict[type[Job], JobVerb] = {Forget: forget}
HANDLERS: dict[type[Job], JobHandler] = {Play: play}
