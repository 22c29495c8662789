"""`GET /v1/conversations/{id}/times`: how long agents had a conversation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations import ConversationId
from kithdesk.core import web
from kithdesk.core.documents import Listed
from kithdesk.core.paging import PagedLongest, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads
from kithdesk.timeline.handling import list_times
from kithdesk.timeline.schemas import HandledTime, draw_time

router = APIRouter(prefix="/v1/conversations", tags=["timeline"], route_class=StrictRoute)


@router.get(
    "/{id}/times", response_model=Listed[HandledTime], summary="List how long agents had a conversation"
)
async def get_times(id: str, request: Request, caller: AgentCaller, page: PagedLongest) -> Response:
    """One for each agent and each time that they had it open, in the order they began. `handleTime` is in seconds, of
    what goes on until now.
    """
    conversation = ConversationId(an_id(id))

    def listed(reads: Reads) -> dict[str, Any]:
        handled = list_times(reads, conversation)
        shown = [draw_time(handled.conversation, one, now=reads.now) for one in page.of(handled.stretches)]
        return paged(request, page, len(handled.stretches), shown)

    return await web.query(request, caller, listed)
