"""Every SELECT of simulations."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads
from kithdesk.simulation.entities import Failure, Simulation, Who
from kithdesk.simulation.ids import SimulationId
from kithdesk.simulation.tables import simulations

_LIMIT: Any = bindparam("limit")
_MINE = simulations.c.organisation == bindparam("organisation")
_WHOLE = select(*(simulations.c[name] for name in Simulation.__struct_fields__)).where(_MINE)
_ONE = _WHOLE.where(simulations.c.id == bindparam("id"))
_PAGE = _WHOLE.order_by(simulations.c.id.desc()).limit(_LIMIT).offset(bindparam("offset"))
_COUNT = select(func.count()).select_from(simulations).where(_MINE)
_OUTCOME = select(simulations.c.outcome).where(_MINE, simulations.c.id == bindparam("id"))
_decode_failure = msgspec.json.Decoder(Failure).decode
_decode_who = msgspec.json.Decoder(Who).decode


def get_simulation(reads: Reads, id: SimulationId) -> Simulation:
    """For administrators and the program itself. Raises `NotFound`."""
    row = reads.execute(_ONE, {"organisation": reads.organisation, "id": id}).first()
    if row is None or not reads.actor.may_administer:
        raise NotFound
    return _simulation(row)


def list_simulations(reads: Reads, *, limit: int, offset: int) -> tuple[list[Simulation], int]:
    """One page, the newest first, and how many there are."""
    values = {"organisation": reads.organisation}
    rows = reads.execute(_PAGE, {**values, "limit": limit, "offset": offset})
    return [_simulation(row) for row in rows], reads.execute(_COUNT, values).scalar()


def find_outcome(reads: Reads, id: SimulationId) -> dict[str, Any] | None:
    """What came of it, as JSON values."""
    text = reads.execute(_OUTCOME, {"organisation": reads.organisation, "id": id}).scalar()
    return None if text is None else msgspec.json.decode(text)


def _simulation(row: Any) -> Simulation:
    values = {name: getattr(row, name) for name in Simulation.__struct_fields__}
    decoded = {
        "scenario": msgspec.json.decode(row.scenario),
        "failure": None if row.failure is None else _decode_failure(row.failure),
        "created_by": _decode_who(row.created_by),
    }
    return Simulation(**{**values, **decoded})
