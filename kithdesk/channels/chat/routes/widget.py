"""Before anybody has said a word: how the widget looks, and what it would store. No cookie, no token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from kithdesk.channels.chat import schemas
from kithdesk.channels.chat.callers import get_widget
from kithdesk.channels.chat.errors import UnknownWidget
from kithdesk.channels.chat.privacy import PATH, STATEMENT
from kithdesk.channels.chat.settings import draw_settings
from kithdesk.core import json
from kithdesk.core.actors import system
from kithdesk.core.documents import One
from kithdesk.core.errors import NotFound
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import desk_of

router = APIRouter(tags=["chat"], route_class=StrictRoute)


@router.get(
    "/c/v1/chat/settings", response_model=One[schemas.ChatSettings], summary="Get how the widget looks"
)
async def read_settings(request: Request, key: Annotated[str, Query(max_length=4_096)] = "") -> Response:
    """How the widget of this public key looks. May be kept by caches; says the same to everybody."""
    try:
        widget = await get_widget(request, key)
    except UnknownWidget:
        raise NotFound from None
    drawn = (await desk_of(request).read(draw_settings, widget, by=system(widget.organisation))).value
    headers = {"Cache-Control": f"public, max-age={drawn.seconds}", "Vary": "Origin"}
    return Response(json.encode(drawn.document), headers=headers, media_type="application/json")


@router.get(PATH, response_model=dict[str, object], summary="Get the privacy statement")
async def read_privacy() -> Response:
    """What the widget stores, sends and why."""
    headers = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
    return Response(json.encode(STATEMENT), headers=headers, media_type="application/json")
