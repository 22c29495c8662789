"""`/v1/routing/queue-rules-criteria`: what the queue rules match, without the rest of them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core.documents import Listed
from kithdesk.core.paging import Page, PagedLong, paged
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import query
from kithdesk.core.work import Reads
from kithdesk.routing.queue_rules import draw_criteria
from kithdesk.routing.schemas import answers

router = APIRouter(prefix="/v1/routing/queue-rules-criteria", tags=["routing"], route_class=StrictRoute)


@router.get("", response_model=Listed[answers.QueueRuleCriteria], summary="List the criteria of queue rules")
async def list_queue_rule_criteria(request: Request, caller: AgentCaller, page: PagedLong) -> Response:
    """In the order of the rules; each has its rule's id."""
    return await query(request, caller, _page, request, page)


def _page(reads: Reads, request: Request, page: Page) -> dict[str, Any]:
    data = draw_criteria(reads)
    return paged(request, page, len(data), page.of(data))
