"""`/v1/routing/conversations/{id}/queue-rules`: what the rules say of a conversation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core.documents import Listed
from kithdesk.core.paging import Page, PagedLong, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import query
from kithdesk.core.work import Reads
from kithdesk.routing.routes.ids import Id
from kithdesk.routing.schemas import answers
from kithdesk.routing.trying_rules import draw_tried, try_rules

router = APIRouter(prefix="/v1/routing", tags=["routing"], route_class=StrictRoute)


@router.get(
    "/conversations/{id}/queue-rules",
    response_model=Listed[answers.QueueRuleJudgement],
    summary="Try the queue rules on a conversation",
)
async def list_judgements(request: Request, caller: AgentCaller, id: Id, page: PagedLong) -> Response:
    """Every rule in the order in which they are asked, by the conversation as it is now: the one that `decides`, others
    that match too, and of those that do not the comparisons to blame. Nothing is changed. Where no rule decides it is
    the queue in which it is, or the default one."""
    return await query(request, caller, _page, request, page, an_id(id))


def _page(reads: Reads, request: Request, page: Page, id: str) -> dict[str, Any]:
    tried = try_rules(reads, id)
    return paged(request, page, len(tried), [draw_tried(reads, one) for one in page.of(tried)])
