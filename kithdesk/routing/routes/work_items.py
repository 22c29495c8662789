"""Work items: what became of each, why, and the answers of agents who are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations import ConversationId
from kithdesk.core.documents import Listed, One, document
from kithdesk.core.paging import Page, Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, query
from kithdesk.core.work import Reads, Work
from kithdesk.routing.handing_off import transfer
from kithdesk.routing.ids import WorkItemId
from kithdesk.routing.items import draw_decisions, draw_declined, draw_item, draw_items, draw_last_item
from kithdesk.routing.offering import accept, decline, finish_wrap_up
from kithdesk.routing.routes.ids import Id
from kithdesk.routing.schemas import answers, bodies

router = APIRouter(prefix="/v1/routing", tags=["routing"], route_class=StrictRoute)


@router.get(
    "/conversations/{id}/work-items",
    response_model=Listed[answers.WorkItem],
    summary="List a conversation's work items",
)
async def list_work_items(request: Request, caller: AgentCaller, id: Id, page: Paged) -> Response:
    """A conversation's turns with routing, the last first. At most one lives."""
    return await query(request, caller, _page_of_items, request, page, id)


@router.get(
    "/declined-work-items",
    response_model=Listed[answers.WorkItem],
    summary="List work that all have declined",
)
async def list_declined(request: Request, caller: AgentCaller, page: Paged) -> Response:
    """What waits though everybody who could take it was asked, the longest first. They are asked again,
    `askedAgainAt` when."""
    return await query(request, caller, _page_of_declined, request, page)


@router.get("/work-items/{id}", response_model=One[answers.WorkItem], summary="Get a work item")
async def get_work_item(request: Request, caller: AgentCaller, id: Id) -> Response:
    """One work item."""
    return await query(request, caller, lambda reads: document(draw_item(reads, an_id(id))))


@router.get(
    "/work-items/{id}/decisions",
    response_model=Listed[answers.RoutingDecision],
    summary="List the decisions about a work item",
)
async def list_decisions(request: Request, caller: AgentCaller, id: Id, page: Paged) -> Response:
    """Why it went to whom, the last first: who was chosen, the next best, and what kept the others from it."""
    return await query(request, caller, _page_of_decisions, request, page, an_id(id))


@router.post("/work-items/{id}/accept", response_model=One[answers.WorkItem], summary="Accept a work item")
async def post_accept(request: Request, caller: AgentCaller, id: Id) -> Response:
    """The agent who is asked takes it. 409 `offer_gone` for whoever is not, or no longer."""
    return await _answered(request, caller, id, accept)


@router.post("/work-items/{id}/decline", response_model=One[answers.WorkItem], summary="Decline a work item")
async def post_decline(request: Request, caller: AgentCaller, id: Id) -> Response:
    """It goes to the next agent. When nobody else is left to ask, this one is asked again in a while. 409 `offer_gone`
    likewise."""
    return await _answered(request, caller, id, decline)


@router.post("/work-items/{id}/complete", response_model=One[answers.WorkItem], summary="End a wrap-up")
async def post_complete(request: Request, caller: AgentCaller, id: Id) -> Response:
    """The agent is done wrapping it up before the time."""
    return await _answered(request, caller, id, finish_wrap_up)


@router.post(
    "/conversations/{id}/transfers", response_model=One[answers.WorkItem], summary="Transfer a conversation"
)
async def post_transfer(request: Request, caller: AgentCaller, id: Id, body: bodies.TransferBody) -> Response:
    """To a queue, a team or an agent. 403 `transfer_restricted` where the agent's team may not give it there."""
    conversation = ConversationId(id)
    return await command(
        request,
        caller,
        transfer,
        conversation,
        **body.model_dump(),
        answer=lambda work, _: document(draw_last_item(work, conversation)),
    )


async def _answered(
    request: Request, caller: AgentCaller, id: str, verb: Callable[[Work, WorkItemId], None]
) -> Response:
    item = WorkItemId(an_id(id))
    return await command(request, caller, verb, item, answer=lambda work, _: document(draw_item(work, item)))


def _page_of_items(reads: Reads, request: Request, page: Page, id: str) -> dict[str, Any]:
    data, total = draw_items(reads, ConversationId(id), page)
    return paged(request, page, total, data)


def _page_of_declined(reads: Reads, request: Request, page: Page) -> dict[str, Any]:
    data, total = draw_declined(reads, page)
    return paged(request, page, total, data)


def _page_of_decisions(reads: Reads, request: Request, page: Page, id: str) -> dict[str, Any]:
    data, total = draw_decisions(reads, id, page)
    return paged(request, page, total, data)
