"""Routing over HTTP, and the one door through which a conversation's fields are changed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.conversations import ConversationChange, ConversationId, draw_conversation
from kithdesk.core.documents import Listed, One, OneDocument, document
from kithdesk.core.ids import is_id
from kithdesk.core.paging import Page, Paged, PagedLong, paged
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, query
from kithdesk.core.work import Reads, Work
from kithdesk.routing import schemas
from kithdesk.routing.capacity import change_settings, draw_settings
from kithdesk.routing.errors import UnknownTeam
from kithdesk.routing.handing_off import change
from kithdesk.routing.items import draw_items
from kithdesk.routing.queues import draw_queue, draw_queues
from kithdesk.routing.statuses import draw_status, draw_statuses, set_status

router = APIRouter(prefix="/v1", tags=["routing"], route_class=StrictRoute)

Id = Annotated[str, Path(max_length=64)]
Team = Annotated[
    str | None, Query(max_length=64, description="A team's settings instead of the organisation's.")
]


@router.get("/routing/queues", response_model=Listed[schemas.Queue], summary="List queues")
async def list_queues(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """Where work waits."""
    return await query(request, caller, _page_of_queues, request, page)


@router.get("/routing/queues/{id}", response_model=One[schemas.Queue], summary="Get a queue")
async def get_queue(request: Request, caller: AgentCaller, id: Id) -> Response:
    """One queue."""
    return await query(request, caller, lambda reads: document(draw_queue(reads, id)))


@router.get("/routing/settings", response_model=One[schemas.RoutingSettings], summary="Get routing settings")
async def get_settings(request: Request, caller: AgentCaller, team: Team = None) -> Response:
    """How many open conversations an agent may be given: of the organisation, or with `team` of one team."""
    _check_team_id(team)
    return await query(request, caller, _settings, team)


@router.put(
    "/routing/settings", response_model=One[schemas.RoutingSettings], summary="Change routing settings"
)
async def put_settings(
    request: Request, caller: AdminCaller, body: schemas.SettingsBody, team: Team = None
) -> Response:
    """Sets them. Whoever has room by the new numbers is given what waits at once."""
    _check_team_id(team)
    return await command(
        request,
        caller,
        change_settings,
        body.as_change(),
        team=team,
        answer=lambda work, _: _settings(work, team),
    )


@router.get("/routing/statuses", response_model=Listed[schemas.UserStatus], summary="List agents' statuses")
async def list_statuses(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """Every agent: what they say of themselves, whether a socket of theirs is open, what they have and may have."""
    return await query(request, caller, _page_of_statuses, request, page)


@router.get(
    "/routing/users/{id}/status", response_model=One[schemas.UserStatus], summary="Get an agent's status"
)
async def get_status(request: Request, caller: AgentCaller, id: Id) -> Response:
    """One agent's status."""
    return await query(request, caller, lambda reads: document(draw_status(reads, id)))


@router.put(
    "/routing/users/{id}/status", response_model=One[schemas.UserStatus], summary="Set an agent's status"
)
async def put_status(request: Request, caller: AgentCaller, id: Id, body: schemas.StatusBody) -> Response:
    """Sets one's own status; an administrator sets anyone's. `available` may bring work at once."""
    return await command(
        request,
        caller,
        set_status,
        id,
        body.status,
        body.reason,
        answer=lambda work, _: document(draw_status(work, id)),
    )


@router.get(
    "/routing/conversations/{id}/work-items",
    response_model=Listed[schemas.WorkItem],
    summary="List a conversation's work items",
)
async def list_work_items(request: Request, caller: AgentCaller, id: Id, page: Paged) -> Response:
    """A conversation's way through the queue."""
    return await query(request, caller, _page_of_items, request, page, id)


@router.patch(
    "/conversations/{id}", response_model=OneDocument, tags=["conversations"], summary="Change a conversation"
)
@router.put(
    "/conversations/{id}", response_model=OneDocument, tags=["conversations"], summary="Change a conversation"
)
async def change_conversation(
    request: Request, caller: AgentCaller, id: Id, body: ConversationChange
) -> Response:
    """Changes the fields given and leaves the rest.

    `assignedUsers` gives it to people (empty: back to its queue), `queue` takes it off everybody and lets it wait.
    """
    conversation = ConversationId(id)
    return await command(
        request,
        caller,
        change,
        conversation,
        body.as_changes(),
        answer=lambda work, _: document(draw_conversation(work, conversation)),
    )


def _page_of_queues(reads: Reads, request: Request, page: Page) -> dict[str, Any]:
    data, total = draw_queues(reads, page)
    return paged(request, page, total, data)


def _page_of_statuses(reads: Reads, request: Request, page: Page) -> dict[str, Any]:
    data, total = draw_statuses(reads, page)
    return paged(request, page, total, data)


def _page_of_items(reads: Reads, request: Request, page: Page, id: str) -> dict[str, Any]:
    data = draw_items(reads, ConversationId(id))
    return paged(request, page, len(data), page.of(data))


def _settings(reads: Reads | Work, team: str | None) -> dict[str, Any]:
    return document(draw_settings(reads, team=team))


def _check_team_id(team: str | None) -> None:
    """Raises `UnknownTeam`."""
    if team is not None and not is_id(team):
        raise UnknownTeam
