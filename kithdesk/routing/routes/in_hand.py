"""What an agent has in hand."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core.documents import Listed
from kithdesk.core.paging import Page, Paged, paged
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import query
from kithdesk.core.work import Reads
from kithdesk.routing.in_hand import draw_in_hand
from kithdesk.routing.routes.ids import Id
from kithdesk.routing.schemas import answers

router = APIRouter(prefix="/v1/routing", tags=["routing"], route_class=StrictRoute)

States = Annotated[
    str, Query(alias="status", max_length=64, description="Of offered, assigned, wrap_up, with commas.")
]


@router.get(
    "/users/{id}/work-items",
    response_model=Listed[answers.WorkItem],
    summary="List what an agent has in hand",
)
async def list_in_hand(
    request: Request, caller: AgentCaller, id: Id, page: Paged, states: States = "offered,assigned,wrap_up"
) -> Response:
    """What they are asked to take, have and wrap up, the newest first. Another's only for administrators."""
    return await query(request, caller, _page_of_items, request, page, id, states.split(","))


def _page_of_items(reads: Reads, request: Request, page: Page, id: str, states: list[str]) -> dict[str, Any]:
    data, total = draw_in_hand(reads, id, states, page)
    return paged(request, page, total, data)
