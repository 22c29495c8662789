"""`/v1/insights`: what is going on, and what would."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.core.deadlines import Deadline
from kithdesk.core.documents import One, document
from kithdesk.core.paging import PagedLong, paged
from kithdesk.core.paths import an_id, ids_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import long_query
from kithdesk.core.work import Reads
from kithdesk.insights.board import read_board
from kithdesk.insights.handing_off import draw_handoffs
from kithdesk.insights.rendering import draw_board
from kithdesk.insights.schemas import LiveBoard, SlaHandoffs

SECONDS = 2.0
"""So long one answer may take."""

router = APIRouter(prefix="/v1", tags=["insights"], route_class=StrictRoute)

Queues = Annotated[
    str | None, Query(max_length=2_500, description="Up to 100 ids, with commas; null: every queue.")
]
Places = Annotated[
    str | None,
    Query(
        max_length=2_500,
        description="Up to 100 ids of queues, teams and agents, with commas; null: all of them.",
    ),
]
Team = Annotated[str | None, Query(max_length=64, description="Only agents who work as this team.")]


@router.get("/insights/board", response_model=One[LiveBoard], summary="Get the live board")
async def get_board(
    request: Request, caller: AgentCaller, queues: Queues = None, team: Team = None
) -> Response:
    """How each queue and agent stands at this moment, and what went through the queues in the last hour, which is the
    twelve stretches of five minutes up to now."""

    def drawn(reads: Reads) -> dict[str, Any]:
        wanted = None if queues is None else ids_of(queues, "queues")
        return document(draw_board(reads, read_board(reads, queues=wanted, team=team)))

    return await long_query(request, caller, drawn, seconds=SECONDS)


@router.get(
    "/conversations/{id}/slas/handoffs",
    response_model=SlaHandoffs,
    summary="List what hand-offs would promise",
)
async def get_handoffs(
    id: str, request: Request, caller: AgentCaller, page: PagedLong, places: Places = None
) -> Response:
    """The queues, teams and agents with which another SLA would rule than now, each under its own id, and the promises
    that would be others: none of them where only later conversations would notice. Who is found in a queue is not known
    before."""
    wanted = None if places is None else ids_of(places, "places")
    deadline = Deadline(SECONDS / 2)  # what was found takes time, too

    def drawn(reads: Reads) -> dict[str, Any]:
        found = draw_handoffs(reads, an_id(id), deadline, wanted)
        shown = paged(request, page, len(found.drawn), page.of(found.drawn))
        shown["meta"]["isCut"] = found.is_cut
        return shown

    return await long_query(request, caller, drawn, seconds=SECONDS)
