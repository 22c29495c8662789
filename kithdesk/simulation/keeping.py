"""Asking for a simulation, stopping it, and what becomes of its row.

waiting ─▶ running ─▶ done
              ├─stop─▶ stopped
              └──────▶ failed: the past does not bear what is asked
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, insert, update

from kithdesk.access import find_teams
from kithdesk.core.actors import check_admin
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.names import cleaned_or_none
from kithdesk.core.work import Reads, Work
from kithdesk.simulation.entities import Failure, Simulation, Status, Who
from kithdesk.simulation.errors import BadScenario, SimulationRunning
from kithdesk.simulation.ids import SimulationId
from kithdesk.simulation.periods import check_period
from kithdesk.simulation.queries import get_simulation, list_simulations
from kithdesk.simulation.scenario import Scenario, read_scenario
from kithdesk.simulation.tables import simulations
from kithdesk.simulation.timers import Forget, Play

KEPT = 20
"""The newest of an organisation. Older ones go when one more is asked for."""
KEPT_FOR = 30 * DAY
"""And each goes by itself by then: its scenario may have words of customers, such as a rule's criteria."""
MAX_NAME = 100
MAX_SCENARIO_BYTES = 65_536

_THIS = (simulations.c.organisation == bindparam("of"), simulations.c.id == bindparam("which"))
_INSERT = insert(simulations)
_DELETE = delete(simulations).where(*_THIS)
_PROGRESS = (
    update(simulations)
    .where(*_THIS)
    .values(status="running", progress=bindparam("so_far"), touched_at=bindparam("at"))
)
_END = (
    update(simulations)
    .where(*_THIS)
    .values(
        status=bindparam("now_status"),
        progress=bindparam("so_far"),
        failure=bindparam("now_failure"),
        outcome=bindparam("now_outcome"),
        touched_at=bindparam("at"),
        ended_at=bindparam("at"),
    )
)


def check_idle(reads: Reads) -> list[Simulation]:
    """All that are kept, the newest first. Raises `SimulationRunning`."""
    known, _ = list_simulations(reads, limit=10 * KEPT, offset=0)
    if any(one.is_under_way(reads.now) for one in known):
        raise SimulationRunning
    return known


def begin(
    work: Work, name: str | None, begins: Instant, ends: Instant, scenario: Mapping[str, Any]
) -> Simulation:
    """Asks for one, which is played beside the desk's own work.

    Raises `Forbidden`, `BadPeriod`, `BadScenario`, `BadParameter`, `SimulationRunning`.
    """
    check_admin(work.actor)
    check_period(begins, ends, work.now)
    _check_teams(work, read_scenario(scenario))
    kept = _encode(scenario)
    if len(kept.encode()) > MAX_SCENARIO_BYTES:
        raise BadScenario("It is too long.", parameter="scenario")
    for old in check_idle(work)[KEPT - 1 :]:
        _remove(work, old.id)
    id = SimulationId(work.new_id())
    work.execute(
        _INSERT,
        {
            "organisation": work.organisation,
            "id": id,
            "name": cleaned_or_none(name or "", parameter="name", maximum=MAX_NAME) or "",
            "status": "waiting",
            "begins_at": begins,
            "ends_at": ends,
            "scenario": kept,
            "progress": 0,
            "failure": None,
            "created_at": work.now,
            "created_by": _encode(Who(work.actor.id, work.actor.display_name)),
            "touched_at": work.now,
            "ended_at": None,
            "outcome": None,
        },
    )
    work.enqueue(Play(of=id), unique=f"{Play.kind}:{id}")
    work.enqueue(Forget(of=id), unique=f"{Forget.kind}:{id}", at=Instant(work.now + KEPT_FOR))
    return get_simulation(work, id)


def _check_teams(reads: Reads, scenario: Scenario) -> None:
    """One that was deleted may be meant: it was there once."""
    named = {team: f"scenario.teams.{team}" for team in scenario.teams if team}
    named |= {one.team: "scenario.roster.add" for one in scenario.roster.add if one.team is not None}
    known = {str(team.id) for team in find_teams(reads, named)}
    for team, at in named.items():
        if team not in known:
            raise BadScenario(f"There is no team {team}.", parameter=at)


def stop(work: Work, id: SimulationId) -> Simulation:
    """What has come of it is thrown away. What does not run stays as it is. Raises `NotFound`."""
    known = get_simulation(work, id)
    if known.status in ("waiting", "running"):
        _end(work, known, "stopped")
    return get_simulation(work, id)


def discard(work: Work, id: SimulationId) -> None:
    """It goes, and if it is under way it ends. Raises `NotFound`."""
    get_simulation(work, id)
    _remove(work, id)


def forget(work: Work, job: Forget) -> None:
    """It has been kept for long enough."""
    _remove(work, job.of)


def note_progress(work: Work, id: SimulationId, progress: int) -> bool:
    """Answers whether it is still wanted. Raises `NotFound`."""
    known = get_simulation(work, id)
    if known.status not in ("waiting", "running"):
        return False
    values = {"of": work.organisation, "which": id, "so_far": progress, "at": work.now}
    work.execute(_PROGRESS, values)
    return True


def finish(work: Work, id: SimulationId, outcome: str) -> None:
    """It is over. Raises `NotFound`."""
    known = get_simulation(work, id)
    if known.status in ("waiting", "running"):
        _end(work, known, "done", outcome=outcome)


def fail(work: Work, id: SimulationId, failure: Failure) -> None:
    """There will be no result. Raises `NotFound`."""
    known = get_simulation(work, id)
    if known.status in ("waiting", "running"):
        _end(work, known, "failed", failure=failure)


def _end(
    work: Work,
    known: Simulation,
    status: Status,
    *,
    outcome: str | None = None,
    failure: Failure | None = None,
) -> None:
    values = {
        "of": work.organisation,
        "which": known.id,
        "now_status": status,
        "so_far": 1_000 if status == "done" else known.progress,
        "now_failure": None if failure is None else _encode(failure),
        "now_outcome": outcome,
        "at": work.now,
    }
    work.execute(_END, values)


def _remove(work: Work, id: SimulationId) -> None:
    work.execute(_DELETE, {"of": work.organisation, "which": id})
    for kind in (Play.kind, Forget.kind):
        work.cancel(f"{kind}:{id}")


def _encode(value: object) -> str:
    return msgspec.json.encode(value).decode()
