"""What a page tells of its visitor: a basket was filled, a video was watched. A claim, like everything a page says."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from kithdesk.channels.chat import schemas
from kithdesk.channels.chat.callers import VisitorCaller
from kithdesk.channels.chat.limits import check_event
from kithdesk.core.documents import instant_of
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, desk_of
from kithdesk.customers import track_visitor

router = APIRouter(prefix="/c/v1/tracking", tags=["chat"], route_class=StrictRoute)


@router.post("/events", status_code=204, summary="Track an event of the visitor")
async def post_event(request: Request, caller: VisitorCaller, body: schemas.EventBody) -> Response:
    """Puts it on the customer's timeline. Before the first message or login nothing is kept: a conflict."""
    check_event(desk_of(request), caller.actor)
    return await command(
        request,
        caller.actor,
        track_visitor,
        caller.visitor,
        body.name,
        body.meta,
        at=instant_of(body.at, "at"),
    )
