"""`/v1/routing/settings`: of the organisation, and with `?team=` of one team. `/v1/routing/team-settings`: of all."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.core.documents import Listed, One, document
from kithdesk.core.ids import is_id
from kithdesk.core.paging import Page, PagedLong, paged
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, query
from kithdesk.core.work import Reads, Work
from kithdesk.routing.errors import UnknownTeam
from kithdesk.routing.schemas import answers, bodies
from kithdesk.routing.settings import change_settings, draw_settings, draw_team_settings

router = APIRouter(prefix="/v1/routing", tags=["routing"], route_class=StrictRoute)

Team = Annotated[
    str | None, Query(max_length=64, description="A team's settings instead of the organisation's.")
]


@router.get("/settings", response_model=One[answers.RoutingSettings], summary="Get routing settings")
async def get_settings(request: Request, caller: AgentCaller, team: Team = None) -> Response:
    """How agents are given work: of the organisation, or with `team` of one team."""
    _check_team_id(team)
    return await query(request, caller, _settings, team)


@router.put("/settings", response_model=One[answers.RoutingSettings], summary="Change routing settings")
async def put_settings(
    request: Request, caller: AdminCaller, body: bodies.SettingsBody, team: Team = None
) -> Response:
    """Sets what is given. Whoever has room by the new settings is given what waits at once. 409 where
    `rev` is an older one."""
    _check_team_id(team)
    return await command(
        request,
        caller,
        change_settings,
        body.as_change(),
        team=team,
        rev=body.rev,
        answer=lambda work, _: _settings(work, team),
    )


@router.get(
    "/team-settings", response_model=Listed[answers.RoutingSettings], summary="List teams' routing settings"
)
async def list_team_settings(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """Of every team what holds for it, also where it has set nothing; each has its team's id."""
    return await query(request, caller, _page, request, page)


def _page(reads: Reads, request: Request, page: Page) -> dict[str, Any]:
    data, total = draw_team_settings(reads, page)
    return paged(request, page, total, data)


def _settings(reads: Reads | Work, team: str | None) -> dict[str, Any]:
    return document(draw_settings(reads, team=team))


def _check_team_id(team: str | None) -> None:
    """Raises `UnknownTeam`."""
    if team is not None and not is_id(team):
        raise UnknownTeam
