"""Who is there: statuses, and the sessions they make."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core.documents import Listed, One, document
from kithdesk.core.paging import Page, Paged, PagedLong, paged
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, query
from kithdesk.core.work import Reads
from kithdesk.routing.routes.ids import Id
from kithdesk.routing.schemas import answers, bodies
from kithdesk.routing.sessions import draw_sessions
from kithdesk.routing.statuses import draw_status, draw_statuses, set_status

router = APIRouter(prefix="/v1/routing", tags=["routing"], route_class=StrictRoute)

Team = Annotated[str | None, Query(max_length=64, description="Its members alone.")]


@router.get("/statuses", response_model=Listed[answers.UserStatus], summary="List agents' statuses")
async def list_statuses(
    request: Request, caller: AgentCaller, page: PagedLong, team: Team = None
) -> Response:
    """Every agent: what they say of themselves, whether a socket of theirs is open, what they have and may have. As
    which team they work is their `team`; their `chosenTeam` is the one that they chose themselves."""
    return await query(request, caller, _page_of_statuses, request, page, team)


@router.get("/users/{id}/status", response_model=One[answers.UserStatus], summary="Get an agent's status")
async def get_status(request: Request, caller: AgentCaller, id: Id) -> Response:
    """One agent's status."""
    return await query(request, caller, lambda reads: document(draw_status(reads, id)))


@router.put("/users/{id}/status", response_model=One[answers.UserStatus], summary="Set an agent's status")
async def put_status(request: Request, caller: AgentCaller, id: Id, body: bodies.StatusBody) -> Response:
    """Sets one's own status; an administrator sets anyone's. `available` may bring work at once."""
    return await command(
        request,
        caller,
        set_status,
        id,
        body.status,
        body.reason,
        team=body.chosen_team,
        answer=lambda work, _: document(draw_status(work, id)),
    )


@router.get(
    "/users/{id}/work-sessions",
    response_model=Listed[answers.WorkSession],
    summary="List an agent's work sessions",
)
async def list_work_sessions(request: Request, caller: AgentCaller, id: Id, page: Paged) -> Response:
    """From their first status of a day to their going: time in each status, and what they were given."""
    return await query(request, caller, _page_of_sessions, request, page, id)


def _page_of_statuses(reads: Reads, request: Request, page: Page, team: str | None) -> dict[str, Any]:
    data, total = draw_statuses(reads, page, team)
    return paged(request, page, total, data)


def _page_of_sessions(reads: Reads, request: Request, page: Page, id: str) -> dict[str, Any]:
    data, total = draw_sessions(reads, id, page)
    return paged(request, page, total, data)
