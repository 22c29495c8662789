"""Simulations on the wire."""

from __future__ import annotations

from typing import Any

import msgspec
from pydantic import Field

from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.documents import Body, relation, resource
from kithdesk.simulation.entities import Simulation
from kithdesk.simulation.phases import phase_at


class SimulationWish(Body):
    """`from`, `to`: a period of the past, of at most 31 days. `scenario`: what is otherwise (docs/simulation.md)."""

    name: str | None = Field(None, max_length=100)
    from_: str = Field(alias="from", max_length=40)
    to: str = Field(max_length=40)
    scenario: dict[str, Any] = Field(default_factory=dict)


def draw_simulation(one: Simulation, now: Instant, result: dict[str, Any] | None = None) -> dict[str, Any]:
    """A `simulation`; with its result, where one is given."""
    is_dead = one.status in ("waiting", "running") and not one.is_under_way(now)
    failure = one.failure
    error = (
        {"code": "interrupted", "detail": "Its server has gone."}
        if is_dead
        else None
        if failure is None
        else msgspec.to_builtins(failure)
    )
    attributes = {
        "name": one.name,
        "status": "failed" if is_dead else one.status,
        "from": iso(one.begins_at),
        "to": iso(one.ends_at),
        "scenario": one.scenario,
        "progress": one.progress / 1_000,
        "phase": phase_at(one.progress / 1_000) if one.status == "running" else None,
        "error": error,
        "createdAt": iso(one.created_at),
        "createdByName": one.created_by.name,
        "endedAt": iso_or_none(one.ended_at),
        "result": result,
    }
    who = {"createdBy": relation("user", one.created_by.id or "", "users")}
    at = f"/v1/routing/simulations/{one.id}"
    return resource("simulation", one.id, attributes, at=at, relationships=who)
