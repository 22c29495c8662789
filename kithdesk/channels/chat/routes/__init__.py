"""Chat over HTTP: what the widget's script asks for, and the fallback where sockets are blocked."""

from fastapi import APIRouter

from kithdesk.channels.chat.routes import (
    appearance,
    attachments,
    claims,
    debugging,
    events,
    messages,
    sessions,
    tracking,
    widget,
)
from kithdesk.core.strict import add_routes

router = APIRouter()
_PARTS = (widget, appearance, debugging, tracking, events, sessions, messages, attachments, claims)
add_routes(router, *(part.router for part in _PARTS))
