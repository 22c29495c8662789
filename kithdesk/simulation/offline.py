"""A simulation without a server, or beside one: from a snapshot of the database, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from kithdesk.access import list_organisations
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import OrganisationId
from kithdesk.core.migrate import Where
from kithdesk.core.names import name_key
from kithdesk.core.replay import Snapshot, open_snapshot
from kithdesk.core.sql import NOTHING, Result, Statement
from kithdesk.core.work import Wiring
from kithdesk.simulation.periods import check_period
from kithdesk.simulation.reading import find_span, read_all
from kithdesk.simulation.results import Outcome
from kithdesk.simulation.running import Run
from kithdesk.simulation.scenario import Scenario

_TURN = 0.2
"""Seconds between two looks at how far it is."""


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


def simulate(
    where: Where,
    wiring: Wiring,
    org: str | None,
    begins: Instant,
    ends: Instant,
    scenario: Scenario,
    *,
    now: Instant,
    progress: Callable[[int, int], None],
) -> Outcome:
    """Plays a period of an organisation, by its id or name; none is needed where there is only one.

    `progress` is called with thousandths. Raises `NotFound`, `BadParameter`.
    """
    check_period(begins, ends, now)
    with closing(open_snapshot(where)) as snapshot:
        organisation = _find(snapshot, org)
        reads = _Reads(snapshot, organisation, now)
        with closing(Run(wiring, organisation, begins, ends, scenario)) as run:
            span = find_span(reads, begins, ends)
            for facts, is_period in read_all(reads, span):
                run.feed(facts, is_period=is_period, read=_read(facts[-1].position, span.end) if facts else 0)
                progress(round(run.done * 1_000), 1_000)
            run.start()
            while not run.step(_TURN):
                progress(round(run.done * 1_000), 1_000)
            progress(1_000, 1_000)
            assert run.outcome is not None
            return run.outcome


def _read(position: int, end: int) -> float:
    return position / end if end else 1.0


def _find(snapshot: Snapshot, org: str | None) -> OrganisationId:
    known = list_organisations(snapshot)
    wanted = known if org is None else [one for one in known if org == one.id or _is_called(one.name, org)]
    if not wanted:
        raise NotFound
    if len(wanted) > 1:
        raise BadParameter("There are several organisations: say which.", parameter="org")
    return wanted[0].id


def _is_called(name: str, wanted: str) -> bool:
    return name_key(name) == name_key(wanted)
