"""`/v1/insights`: what is going on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core.documents import One, document
from kithdesk.core.paths import ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import long_query
from kithdesk.core.work import Reads
from kithdesk.insights.board import read_board
from kithdesk.insights.rendering import draw_board
from kithdesk.insights.schemas import LiveBoard

SECONDS = 2.0
"""So long one board may take."""

router = APIRouter(prefix="/v1/insights", tags=["insights"], route_class=StrictRoute)

Queues = Annotated[
    str | None, Query(max_length=2_500, description="Up to 100 ids, with commas; null: every queue.")
]
Team = Annotated[str | None, Query(max_length=64, description="Only agents who work as this team.")]


@router.get("/board", response_model=One[LiveBoard], summary="Get the live board")
async def get_board(
    request: Request, caller: AgentCaller, queues: Queues = None, team: Team = None
) -> Response:
    """How each queue and agent stands at this moment, and what went through the queues in the last hour, which is the
    twelve stretches of five minutes up to now."""

    def drawn(reads: Reads) -> dict[str, Any]:
        wanted = None if queues is None else ids_of(queues)
        return document(draw_board(reads, read_board(reads, queues=wanted, team=team)))

    return await long_query(request, caller, drawn, seconds=SECONDS)
