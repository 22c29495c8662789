"""`/v1/teams`: reading for everybody, changing for administrators."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import schemas
from kithdesk.access.doors import AdminCaller, AgentCaller
from kithdesk.access.entities import Team
from kithdesk.access.queries.agents import find_teams, find_users, get_team, list_teams
from kithdesk.access.schemas import MembersBody, NewTeamBody, TeamBody
from kithdesk.access.teams import change_members, create_team, delete_team, rename_team
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, SeveralDocument, document
from kithdesk.core.paging import Paged, PagedLong, paged
from kithdesk.core.paths import an_id, ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads, Work

router = APIRouter(prefix="/v1/teams", tags=["teams"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List teams")
async def get_teams(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """Teams that were not deleted, oldest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        teams, total = list_teams(reads, offset=page.offset, limit=page.size)
        return paged(request, page, total, [schemas.team(reads.organisation, one) for one in teams])

    return await web.query(request, caller, listed)


@router.post("", status_code=201, response_model=OneDocument, summary="Create a team")
async def post_team(body: NewTeamBody, request: Request, caller: AdminCaller) -> Response:
    """A new team."""
    return await web.command(
        request, caller, create_team, body.name, members=body.members, answer=_shown, status=201
    )


@router.get("/{ids}", response_model=OneDocument | SeveralDocument, summary="Get one or more teams")
async def get_one_or_more(ids: str, request: Request, caller: AgentCaller) -> Response:
    """One team, or up to 100 with commas, which answers a list of those that exist."""
    if "," not in ids:

        def one(reads: Reads, team: str) -> dict[str, Any]:
            return document(schemas.team(reads.organisation, get_team(reads, team)))

        return await web.query(request, caller, one, an_id(ids))

    def several(reads: Reads, wanted: list[str]) -> dict[str, Any]:
        return document([schemas.team(reads.organisation, team) for team in find_teams(reads, wanted)])

    return await web.query(request, caller, several, ids_of(ids))


@router.put("/{team}", response_model=OneDocument, summary="Change a team")
@router.patch("/{team}", response_model=OneDocument, summary="Change a team")
async def put_team(team: str, body: TeamBody, request: Request, caller: AdminCaller) -> Response:
    """Renames a team, sets its members, or both."""
    return await web.command(request, caller, change, an_id(team), body, answer=_shown)


@router.delete("/{team}", status_code=204, summary="Delete a team")
async def remove_team(team: str, request: Request, caller: AdminCaller) -> Response:
    """Its history stays."""
    return await web.command(request, caller, delete_team, an_id(team))


@router.get("/{team}/members", response_model=ListDocument, summary="List a team's members")
async def get_members(team: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """The team's agents, oldest first."""

    def listed(reads: Reads, team: str) -> dict[str, Any]:
        members = get_team(reads, team).members
        shown = schemas.users(reads, find_users(reads, page.of(members)))
        return paged(request, page, len(members), shown)

    return await web.query(request, caller, listed, an_id(team))


@router.put("/{team}/members", response_model=OneDocument, summary="Set a team's members")
async def put_members(team: str, body: MembersBody, request: Request, caller: AdminCaller) -> Response:
    """These agents and no others."""
    return await web.command(request, caller, change_members, an_id(team), body.members, answer=_shown)


def change(work: Work, team: str, body: TeamBody) -> Team:
    """All of the change, or nothing."""
    changed = get_team(work, team)
    if body.name is not None:
        changed = rename_team(work, team, body.name)
    if body.members is not None:
        changed = change_members(work, team, body.members)
    return changed


def _shown(work: Work, team: Team) -> dict[str, Any]:
    return document(schemas.team(work.organisation, team))
