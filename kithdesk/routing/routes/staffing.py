"""`/v1/routing/queue-staffing`: who serves each queue."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core.documents import Listed, One, document
from kithdesk.core.paging import Page, PagedLong, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import query
from kithdesk.core.work import Reads
from kithdesk.routing.routes.ids import Id
from kithdesk.routing.schemas import answers
from kithdesk.routing.staffing import draw_staffing, draw_staffing_of

router = APIRouter(prefix="/v1/routing/queue-staffing", tags=["routing"], route_class=StrictRoute)


@router.get("", response_model=Listed[answers.QueueStaffing], summary="List who serves the queues")
async def list_staffing(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """Of each queue the teams that serve it, and how many of them are here; each has its queue's id."""
    return await query(request, caller, _page, request, page)


@router.get("/{id}", response_model=One[answers.QueueStaffing], summary="Get who serves a queue")
async def get_staffing(request: Request, caller: AgentCaller, id: Id) -> Response:
    """Of one queue."""
    return await query(request, caller, lambda reads: document(draw_staffing_of(reads, an_id(id))))


def _page(reads: Reads, request: Request, page: Page) -> dict[str, Any]:
    data, total = draw_staffing(reads, page)
    return paged(request, page, total, data)
