"""All of a simulation in one process: it reads the database itself, plays, and says what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.replay import Snapshot
from kithdesk.core.sql import NOTHING, Result, Statement
from kithdesk.core.work import Wiring
from kithdesk.simulation.reading import Chunk, read_all
from kithdesk.simulation.results import Outcome
from kithdesk.simulation.running import Run
from kithdesk.simulation.scenario import Scenario


class Whole:
    """One simulation, a little at a time. The snapshot is let go as soon as all is read."""

    def __init__(
        self,
        snapshot: Snapshot,
        wiring: Wiring,
        organisation: OrganisationId,
        begins: Instant,
        ends: Instant,
        scenario: Scenario,
    ) -> None:
        self._snapshot = snapshot
        self._run = Run(wiring, organisation, begins, ends, scenario)
        reads = _Reads(snapshot, organisation, ends)
        self._reading: Iterator[Chunk] | None = read_all(reads, begins, ends)

    def close(self) -> None:
        self._snapshot.close()
        self._run.close()

    @property
    def done(self) -> float:
        """How much is done, from 0 to 1."""
        return self._run.done

    def step(self, seconds: float) -> Outcome | None:
        """Goes on for about so long. Raises `PeriodTooFull`, `BadScenario`."""
        if self._reading is None:
            self._run.step(seconds)
        else:
            self._read(self._reading, time.monotonic() + seconds)
        return self._run.outcome

    def _read(self, reading: Iterator[Chunk], until: float) -> None:
        while time.monotonic() < until:
            chunk = next(reading, None)
            if chunk is None:
                self._reading = None
                self._snapshot.close()
                self._run.start()
                return
            self._run.feed(chunk)


class _Reads:
    """A snapshot, as the program itself sees it."""

    def __init__(self, snapshot: Snapshot, organisation: OrganisationId, now: Instant) -> None:
        self._snapshot = snapshot
        self.organisation = organisation
        self.now = now

    @property
    def actor(self) -> Actor:
        return system(self.organisation)

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        return self._snapshot.execute(statement, values)
