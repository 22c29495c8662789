"""`/v1/chat/queues/metrics/{ids}`, where Kustomer's clients look for it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core.documents import Listed
from kithdesk.core.paging import PagedLong, paged
from kithdesk.core.paths import ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import query
from kithdesk.core.work import Reads
from kithdesk.routing.schemas import answers
from kithdesk.routing.waits import draw_metrics

router = APIRouter(prefix="/v1/chat/queues/metrics", tags=["routing"], route_class=StrictRoute)


@router.get("/{ids}", response_model=Listed[answers.QueueMetrics], summary="Get the waits of queues")
async def get_metrics(
    request: Request, caller: AgentCaller, ids: Annotated[str, Path(max_length=2_500)], page: PagedLong
) -> Response:
    """Of up to 100 queues, with commas; those that do not exist are passed over."""

    def drawn(reads: Reads) -> dict[str, Any]:
        found = draw_metrics(reads, ids_of(ids))
        return paged(request, page, len(found), page.of(found))

    return await query(request, caller, drawn)
