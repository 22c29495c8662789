"""The company's side of the widget's settings: how it looks, and on which sites it may be."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Body, Request, Response

from kithdesk import access
from kithdesk.access import AdminCaller, AgentCaller, WidgetSettings
from kithdesk.channels.chat import settings
from kithdesk.core.documents import OneDocument, document, resource
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import command, query
from kithdesk.core.work import Reads

router = APIRouter(tags=["chat"], route_class=StrictRoute)
_PATH = "/v1/chat/settings"


@router.get(_PATH, response_model=OneDocument, summary="Get the widget's settings")
async def read_appearance(request: Request, caller: AgentCaller) -> Response:
    """Every setting of the widget by its name: `teamName`, `greeting`, `accent`, `allowedDomains`, …"""
    return await query(request, caller, _draw)


@router.put(_PATH, response_model=OneDocument, summary="Change the widget's settings")
async def change_appearance(
    request: Request, caller: AdminCaller, changes: Annotated[dict[str, Any], Body()]
) -> Response:
    """Sets what is named and keeps the rest; pages follow within a minute, which is how long they may cache it."""
    return await command(
        request, caller, settings.change_appearance, changes, answer=lambda work, _: _draw(work)
    )


def _draw(reads: Reads) -> dict[str, Any]:
    shown = msgspec.to_builtins(access.read_settings(reads, WidgetSettings))
    return document(resource("chat_settings", reads.organisation, shown, at=_PATH))
