"""`/v1/routing/queues`: reading for everybody, changing for administrators."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AdminCaller, AgentCaller
from kithdesk.core.documents import Listed, One, document
from kithdesk.core.paging import Page, PagedLong, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, query
from kithdesk.core.work import Reads, Work
from kithdesk.routing.queues import change_queue, create_queue, delete_queue, draw_queue, draw_queues
from kithdesk.routing.routes.ids import Id
from kithdesk.routing.schemas import answers, bodies

router = APIRouter(prefix="/v1/routing/queues", tags=["routing"], route_class=StrictRoute)


@router.get("", response_model=Listed[answers.Queue], summary="List queues")
async def list_queues(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """Where work waits."""
    return await query(request, caller, _page, request, page)


@router.post("", status_code=201, response_model=One[answers.Queue], summary="Create a queue")
async def post_queue(request: Request, caller: AdminCaller, body: bodies.NewQueueBody) -> Response:
    """A new queue; with the `key` of one that there is, that one is changed."""
    return await command(
        request, caller, create_queue, body.name, body.key, body.values(), answer=_shown, status=201
    )


@router.get("/{id}", response_model=One[answers.Queue], summary="Get a queue")
async def get_queue(request: Request, caller: AgentCaller, id: Id) -> Response:
    """One queue."""
    return await query(request, caller, lambda reads: document(draw_queue(reads, id)))


@router.put("/{id}", response_model=One[answers.Queue], summary="Change a queue")
@router.patch("/{id}", response_model=One[answers.Queue], summary="Change a queue")
async def put_queue(request: Request, caller: AdminCaller, id: Id, body: bodies.QueueBody) -> Response:
    """Changes what is given. What waits keeps the priority and the weight with which it entered. 409 where `rev` is an
    older one."""
    values = body.values() | ({"key": body.key} if body.key is not None else {})
    return await command(
        request,
        caller,
        change_queue,
        an_id(id),
        values,
        rev=body.rev,
        answer=lambda work, _: _shown(work, id),
    )


@router.delete("/{id}", status_code=204, summary="Delete a queue")
async def remove_queue(request: Request, caller: AdminCaller, id: Id) -> Response:
    """What waits in it goes to the default queue, which itself stays."""
    return await command(request, caller, delete_queue, an_id(id))


def _shown(work: Work, id: str) -> dict[str, Any]:
    return document(draw_queue(work, id))


def _page(reads: Reads, request: Request, page: Page) -> dict[str, Any]:
    data, total = draw_queues(reads, page)
    return paged(request, page, total, data)
