"""`/v1/customers/{id}/sessions`: how a customer's browsers came to the site, and what they looked at."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kithdesk.access import AgentCaller
from kithdesk.conversations.routes.paths import customer_of
from kithdesk.conversations.visits.rendering import draw_pages, draw_visit, draw_visits
from kithdesk.core import web
from kithdesk.core.documents import ListDocument, OneDocument, document
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.work import Reads

router = APIRouter(prefix="/v1/customers/{id}/sessions", tags=["customers"], route_class=StrictRoute)


@router.get("", response_model=ListDocument, summary="List a customer's visits to the site")
async def get_sessions(id: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """Visits since they wrote first, and the one on which they did; the latest first. A rest of 30 minutes ends one."""

    def listed(reads: Reads) -> dict[str, Any]:
        data, total = draw_visits(reads, customer_of(id), limit=page.size, offset=page.offset)
        return paged(request, page, total, data)

    return await web.query(request, caller, listed)


@router.get("/{session}", response_model=OneDocument, summary="Get a visit")
async def get_session(id: str, session: str, request: Request, caller: AgentCaller) -> Response:
    """One of them."""
    return await web.query(
        request, caller, lambda reads: document(draw_visit(reads, customer_of(id), an_id(session)))
    )


@router.get("/{session}/events", response_model=ListDocument, summary="List the pages of a visit")
async def get_events(id: str, session: str, request: Request, caller: AgentCaller, page: Paged) -> Response:
    """The pages looked at, the latest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        data, total = draw_pages(reads, customer_of(id), an_id(session), limit=page.size, offset=page.offset)
        return paged(request, page, total, data)

    return await web.query(request, caller, listed)
