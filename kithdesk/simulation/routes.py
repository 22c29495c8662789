"""`/v1/routing/simulations`: what would have been. For administrators."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AdminCaller, find_user_names, note_audit
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, document, instant_of
from kithdesk.core.errors import BadParameter, Overloaded
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work
from kithdesk.simulation.entities import Simulation
from kithdesk.simulation.ids import SimulationId
from kithdesk.simulation.keeping import begin, check_idle, discard, stop
from kithdesk.simulation.periods import check_period
from kithdesk.simulation.queries import find_outcome, get_simulation, list_simulations
from kithdesk.simulation.reading import check_room
from kithdesk.simulation.schemas import SimulationWish, draw_simulation

_COUNTS_FOR_SECONDS = 2

router = APIRouter(prefix="/v1/routing/simulations", tags=["routing"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List simulations")
async def get_simulations(request: Request, caller: AdminCaller, page: Paged) -> Response:
    """The newest first, without their results. The twenty newest are kept."""

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_simulations(reads, limit=page.size, offset=page.offset)
        return paged(request, page, total, [draw_simulation(one, reads.now) for one in found])

    return await web.query(request, caller, listed)


@router.post("", status_code=201, response_model=OneDocument, summary="Simulate")
async def post_simulation(body: SimulationWish, request: Request, caller: AdminCaller) -> Response:
    """Plays a period of the past again, as it was and as it would have been. One at a time, beside all else."""
    desk = web.desk_of(request)
    begins, ends = instant_of(body.from_, "from"), instant_of(body.to, "to")
    if begins is None or ends is None:
        raise BadParameter("From when to when?", parameter="from")
    check_period(begins, ends, desk.clock.now())
    await desk.read(check_idle, by=caller)
    with suppress(Overloaded):  # whoever plays it counts again
        await desk.read_long(check_room, begins, ends, by=caller, seconds=_COUNTS_FOR_SECONDS)
    note_audit("simulation.begun", actor=caller)
    return await web.command(
        request, caller, begin, body.name, begins, ends, body.scenario, status=201, answer=_shown
    )


@router.get("/{id}", response_model=OneDocument, summary="Get a simulation")
async def get_one(id: str, request: Request, caller: AdminCaller) -> Response:
    """With its progress while it runs, and its result once it is done."""

    def drawn(reads: Reads) -> dict[str, Any]:
        known = get_simulation(reads, _id(id))
        return document(draw_simulation(known, reads.now, _named(reads, find_outcome(reads, known.id))))

    return await web.query(request, caller, drawn)


@router.post("/{id}/stop", response_model=OneDocument, summary="Stop a simulation")
async def post_stop(id: str, request: Request, caller: AdminCaller) -> Response:
    """What has come of it so far is thrown away."""
    return await web.command(request, caller, stop, _id(id), answer=_shown)


@router.delete("/{id}", status_code=204, summary="Delete a simulation")
async def delete_simulation(id: str, request: Request, caller: AdminCaller) -> Response:
    """And stops it, if it runs."""
    return await web.command(request, caller, discard, _id(id))


def _named(reads: Reads, outcome: dict[str, Any] | None) -> dict[str, Any] | None:
    """Agents by the names that they have today; who never was keeps the name that was made up."""
    if outcome is None:
        return None
    agents = [agent for world in ("before", "after") for agent in (outcome[world] or {}).get("agents", ())]
    names = find_user_names(reads, [agent["id"] for agent in agents])
    for agent in agents:
        agent["name"] = names.get(agent["id"], agent["name"])
    return outcome


def _shown(work: Work, known: Simulation) -> dict[str, Any]:
    return document(draw_simulation(known, work.now))


def _id(text: str) -> SimulationId:
    return SimulationId(an_id(text))
